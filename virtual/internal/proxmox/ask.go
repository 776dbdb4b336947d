package proxmox

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Ask asks for a preset; what is given narrows or replaces what the preset says.
type Ask struct {
	Preset string `json:"preset"`
	// Times is how often it happens; 0 leaves it to the preset.
	Times int `json:"times,omitempty"`
	// VMID and Node say where; 0 and "" mean anywhere.
	VMID int    `json:"vmid,omitempty"`
	Node string `json:"node,omitempty"`
	// Path replaces the preset's paths: a regular expression over the path behind /api2/json/.
	Path    string  `json:"path,omitempty"`
	Seconds float64 `json:"seconds,omitempty"`
	// Volume is storage:content/file, for file-exists.
	Volume string `json:"volume,omitempty"`
	// Privilege is what tokens lack, for no-privilege.
	Privilege string `json:"privilege,omitempty"`
}

// Fail makes something go wrong from now on.
func (c *Cluster) Fail(a Ask) error {
	p, err := presetNamed(a.Preset)
	if err != nil {
		return err
	}
	if _, err := regexp.Compile(a.Path); err != nil {
		return fmt.Errorf("path: %w", err)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if p.prepare != nil {
		if err := p.prepare(c, a); err != nil {
			return fmt.Errorf("%s: %w", a.Preset, err)
		}
		c.touch()
	}
	for _, f := range p.faults {
		f.Preset, f.VMID, f.Node = p.Name, a.VMID, a.Node
		if a.Times != 0 {
			f.Times = a.Times
		}
		if a.Seconds != 0 {
			f.Seconds = a.Seconds
		}
		if a.Path != "" {
			f.Path = a.Path
		}
		if a.Privilege != "" {
			f.Reason = a.Privilege
		}
		c.faults = append(c.faults, &f)
		if f.Do == Down {
			c.cutAll()
		}
	}
	return nil
}

// cutAll takes the power of machines whose host is down.
func (c *Cluster) cutAll() {
	for _, id := range slices.Sorted(maps.Keys(c.state.VMs)) {
		if vm := c.state.VMs[id]; vm.Power == Running && c.isDown(vm.Node) {
			c.cut(vm)
		}
	}
}

// Faults are the faults that are set, with the number of times each has struck.
func (c *Cluster) Faults() []Fault {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	list := []Fault{}
	for _, f := range c.faults {
		list = append(list, *f)
	}
	return list
}

// Clear takes all faults away; hosts that were down boot.
func (c *Cluster) Clear() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	down := map[string]bool{}
	for node := range c.state.Nodes {
		down[node] = c.isDown(node)
	}
	c.faults = nil
	// A host that comes back starts the machines that start with it.
	for _, id := range slices.Sorted(maps.Keys(c.state.VMs)) {
		if vm := c.state.VMs[id]; down[vm.Node] && vm.Config["onboot"] == "1" && vm.Power == Stopped {
			if err := c.on(vm); err != nil {
				c.events.Add(Event{Kind: "error", What: "start with its host: " + err.Error(), Node: vm.Node, VMID: vm.ID})
			}
		}
	}
}

func presetNamed(name string) (Preset, error) {
	names := []string{}
	for _, p := range Presets {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Preset{}, fmt.Errorf("there is no preset %q; the presets are %s", name, strings.Join(names, ", "))
}
