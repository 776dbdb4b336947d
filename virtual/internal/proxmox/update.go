package proxmox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func getConfig(c *call) (any, error) {
	vm, err := c.vm("VM.Audit")
	if err != nil {
		return nil, err
	}
	config := vm.merged()
	if c.params["current"] == "1" {
		config = maps.Clone(vm.Config)
	}
	reply := config.reply()
	if vm.Lock != "" {
		reply["lock"] = vm.Lock
	}
	return reply, nil
}

// getPending lists every setting with the value it has and the one it will have.
func getPending(c *call) (any, error) {
	vm, err := c.vm("VM.Audit")
	if err != nil {
		return nil, err
	}
	list := []map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(vm.merged())) {
		list = append(list, map[string]any{"key": key, "value": vm.Config[key]})
	}
	for _, entry := range list {
		if p, ok := vm.Pending[entry["key"].(string)]; ok {
			entry["pending"] = p
		}
	}
	for key, value := range vm.Pending {
		if value == "" {
			list = append(list, map[string]any{"key": key, "value": vm.Config[key], "delete": 1})
		}
	}
	return list, nil
}

// putConfig changes settings before it answers.
func putConfig(c *call) (any, error) {
	vm, err := c.mayChange()
	if err != nil {
		return nil, err
	}
	return nil, c.holding(vm, func() error { return c.change(vm) })
}

// postConfig changes settings in a task.
func postConfig(c *call) (any, error) {
	vm, err := c.mayChange()
	if err != nil {
		return nil, err
	}
	return c.begin("qmconfig", vmID(vm.ID), func(*Task) error {
		return c.holding(vm, func() error { return c.change(vm) })
	}), nil
}

func (c *call) mayChange() (*VM, error) {
	vm, err := c.vm("VM.Audit")
	if err != nil {
		return nil, err
	}
	wanted := c.wantedSettings()
	for _, key := range c.deletions() {
		// Deleting what is not set is allowed to everybody; the provider lists all that could be there.
		if value, ok := vm.merged()[key]; ok {
			wanted[key] = value
		}
	}
	if err := c.maySet(vm.ID, vm.Pool, wanted); err != nil {
		return nil, err
	}
	if d := c.params["digest"]; d != "" && d != vm.merged().digest() {
		return nil, died("detected modified configuration - file changed by other user? Try again.")
	}
	return vm, nil
}

func (c *call) deletions() []string {
	return strings.FieldsFunc(c.params["delete"], func(r rune) bool { return strings.ContainsRune(",; ", r) })
}

func (c *call) change(vm *VM) error {
	if err := vm.locked(); err != nil {
		return err
	}
	for _, key := range c.deletions() {
		c.remove(vm, key)
	}
	wanted := c.wantedSettings()
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		value, err := c.normal(vm, key, wanted[key])
		if err != nil {
			return err
		}
		vm.set(key, value)
	}
	return nil
}

// remove deletes a setting. A disk's image stays, as unusedN, until somebody removes that; a cloud-init drive goes.
func (c *Cluster) remove(vm *VM, key string) {
	old, ok := vm.merged()[key]
	if !ok {
		return
	}
	file := parseProperties(old, "file")["file"]
	v := c.volume(vm.Node, file)
	owned := v != nil && v.VMID == vm.ID
	switch {
	case owned && (isCloudInit(file) || strings.HasPrefix(key, "unused")):
		c.drop(v)
	case owned && isDrive(key):
		for n := 0; ; n++ {
			if slot := fmt.Sprintf("unused%d", n); vm.Config[slot] == "" {
				vm.Config[slot] = v.ID
				break
			}
		}
	}
	vm.set(key, "")
}
