package proxmox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// createVM reserves the id at once, as the config file does, and makes the disks in a task. A task that fails leaves
// nothing behind.
func createVM(c *call) (any, error) {
	id, node := number(c.params["vmid"]), c.vars["node"]
	wanted := c.wantedSettings()
	switch {
	case id < 100 || id > 999999999:
		return nil, badParameter("vmid", "value must have a minimum value of 100")
	case c.state.VMs[id] != nil:
		return nil, died("unable to create VM %d - VM %d already exists on node '%s'", id, id, c.state.VMs[id].Node)
	case c.params["pool"] != "" && c.state.Pools[c.params["pool"]] == nil:
		return nil, died("pool '%s' does not exist", c.params["pool"])
	}
	if err := c.mayCreate(id, wanted); err != nil {
		return nil, err
	}
	vm := &VM{
		ID: id, Node: node, Pool: c.params["pool"], Config: Config{}, Power: Stopped, Lock: "create",
		Created: c.clock.Now(),
	}
	c.state.VMs[id] = vm
	return c.begin("qmcreate", vmID(id), func(t *Task) error { return c.fill(vm, wanted) }).onFailure(func() {
		c.forget(vm)
	}), nil
}

// wantedSettings are the parameters that are settings of the machine.
func (c *call) wantedSettings() Config {
	wanted := Config{}
	for name, value := range c.params {
		if _, ok := settingNamed(name); ok {
			wanted[name] = value
		}
	}
	return wanted
}

// mayCreate checks what the API checks: the machine, each setting, each storage and bridge that is used.
func (c *call) mayCreate(id int, wanted Config) error {
	if err := c.mayVM(id, c.params["pool"], "VM.Allocate"); err != nil {
		return err
	}
	return c.maySet(id, c.params["pool"], wanted)
}

// fill makes the disks and writes the config. The machine stays locked until all is there.
func (c *Cluster) fill(vm *VM, wanted Config) error {
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		value, err := c.normal(vm, key, wanted[key])
		if err != nil {
			return fmt.Errorf("unable to create VM %d - %w", vm.ID, err)
		}
		if value != "" {
			vm.Config[key] = value
		}
	}
	// What every machine gets when it is made. The texts are QEMU's version and the time of creation.
	vm.Config["meta"] = fmt.Sprintf("creation-qemu=10.0.2,ctime=%d", vm.Created.Unix())
	vm.Config["vmgenid"] = uuid()
	if !strings.Contains(vm.Config["smbios1"], "uuid=") {
		vm.Config["smbios1"] = strings.TrimSuffix("uuid="+uuid()+","+vm.Config["smbios1"], ",")
	}
	vm.Lock = ""
	return nil
}

// normal turns a setting as it was asked for into the setting as it is stored.
func (c *Cluster) normal(vm *VM, key, value string) (string, error) {
	switch {
	case isDrive(key):
		return c.normalDrive(vm.Node, vm.ID, key, value)
	case strings.HasPrefix(key, "net"):
		return normalNIC(value)
	case key == "tags":
		return normalTags(value), nil
	default:
		return value, nil
	}
}

// normalTags: tags are separated by semicolons, lower case, sorted, each once (the datacenter's default settings).
func normalTags(value string) string {
	tags := strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return strings.ContainsRune(";, ", r) })
	slices.Sort(tags)
	return strings.Join(slices.Compact(tags), ";")
}

// forget removes a machine and its volumes.
func (c *Cluster) forget(vm *VM) {
	for _, v := range slices.Clone(c.state.Volumes) {
		if v.VMID == vm.ID && v.Content == "images" {
			c.drop(v)
		}
	}
	delete(c.state.VMs, vm.ID)
	c.touch()
}
