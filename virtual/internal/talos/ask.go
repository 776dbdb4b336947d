package talos

import (
	"fmt"
	"strings"
)

// Ask asks for a preset; what is given narrows or replaces what the preset says.
type Ask struct {
	Preset string `json:"preset"`
	// Times is how often it happens; 0 leaves it to the preset.
	Times int `json:"times,omitempty"`
	// Machine says where, by the machine's name at the hypervisor; "" means anywhere.
	Machine string  `json:"machine,omitempty"`
	Seconds float64 `json:"seconds,omitempty"`
}

// Fail makes something go wrong from now on.
func (f *Fleet) Fail(a Ask) error {
	var names []string
	for _, p := range Presets {
		if p.Name != a.Preset {
			names = append(names, p.Name)
			continue
		}
		fault := p.fault
		fault.Preset, fault.Machine = p.Name, a.Machine
		if a.Times != 0 {
			fault.Times = a.Times
		}
		if a.Seconds != 0 {
			fault.Seconds = a.Seconds
		}
		f.faults.mutex.Lock()
		defer f.faults.mutex.Unlock()
		f.faults.set = append(f.faults.set, &fault)
		return nil
	}
	return fmt.Errorf("there is no preset %q; the presets are %s", a.Preset, strings.Join(names, ", "))
}

// Faults are the faults that are set, with the number of times each has struck.
func (f *Fleet) Faults() []Fault {
	f.faults.mutex.Lock()
	defer f.faults.mutex.Unlock()
	list := []Fault{}
	for _, fault := range f.faults.set {
		list = append(list, *fault)
	}
	return list
}

// Clear takes all faults away.
func (f *Fleet) Clear() {
	f.faults.mutex.Lock()
	defer f.faults.mutex.Unlock()
	f.faults.set = nil
}
