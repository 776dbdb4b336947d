package proxmox

import (
	"crypto/sha1"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Config is a machine's config file: settings by key, every value as the file has it.
type Config map[string]string

// merged is the config as it will be after the next start: what GET config answers unless asked for the current one.
func (vm *VM) merged() Config {
	all := maps.Clone(vm.Config)
	for key, value := range vm.Pending {
		if value == "" {
			delete(all, key)
		} else {
			all[key] = value
		}
	}
	return all
}

// digest changes whenever the config does.
func (c Config) digest() string {
	hash := sha1.New()
	for _, key := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(hash, "%s: %s\n", key, c[key])
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}

// reply is the config as JSON: whole numbers and switches as numbers, the rest as text.
//
// memory stays a text and balloon a number, as Proxmox VE 8 and 9 answer (go-proxmox's recorded replies).
func (c Config) reply() map[string]any {
	all := map[string]any{"digest": c.digest()}
	for key, value := range c {
		s, ok := settingNamed(key)
		n, err := strconv.ParseFloat(value, 64)
		if ok && s.kind != text && err == nil {
			all[key] = n
		} else {
			all[key] = value
		}
	}
	return all
}

// set changes one setting: in the running machine when it can be changed there, else it waits for the next start.
func (vm *VM) set(key, value string) {
	s, _ := settingNamed(key)
	if vm.Power == Running && s.effect != atOnce {
		if vm.Pending == nil {
			vm.Pending = Config{}
		}
		if vm.Config[key] == value {
			delete(vm.Pending, key)
		} else {
			vm.Pending[key] = value
		}
		return
	}
	delete(vm.Pending, key)
	if value == "" {
		delete(vm.Config, key)
	} else {
		vm.Config[key] = value
	}
}

// applyPending makes waiting changes count, those of the cloud-init drive only or all.
func (vm *VM) applyPending(only ...effect) {
	for key, value := range vm.Pending {
		s, _ := settingNamed(key)
		if len(only) > 0 && !slices.Contains(only, s.effect) {
			continue
		}
		delete(vm.Pending, key)
		if value == "" {
			delete(vm.Config, key)
		} else {
			vm.Config[key] = value
		}
	}
}

// slot finds the keys of a kind ("net", "ipconfig") with their numbers, in order.
func (c Config) slots(kind string) []string {
	keys := []string{}
	for key := range c {
		if rest, ok := strings.CutPrefix(key, kind); ok {
			if _, err := strconv.Atoi(rest); err == nil {
				keys = append(keys, key)
			}
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return number(a[len(kind):]) - number(b[len(kind):]) })
	return keys
}

// drives lists the keys that hold drives, in order.
func (c Config) drives() []string {
	keys := []string{}
	for _, key := range slices.Sorted(maps.Keys(c)) {
		if isDrive(key) {
			keys = append(keys, key)
		}
	}
	return keys
}
