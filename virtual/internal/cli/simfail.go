package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"

	"starbase.example/virtual/internal/proxmox"
)

func failCommand(stack *string) *cobra.Command {
	var ask proxmox.Ask
	var machine string
	c := &cobra.Command{Use: "fail PRESET", Short: "make something fail from now on", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			ask.Preset = names[0]
			return with(*stack, func(l lab) error { return l.fail(ask, machine) })
		}}
	c.Flags().IntVar(&ask.Times, "times", 0, "how often; the preset says otherwise")
	c.Flags().StringVar(&machine, "machine", "", "on this machine only")
	c.Flags().IntVar(&ask.VMID, "vmid", 0, "on the machine with this number only")
	c.Flags().StringVar(&ask.Node, "host", "", "on this host only")
	c.Flags().StringVar(&ask.Path, "path", "", "for requests to these paths only (a regular expression)")
	c.Flags().Float64Var(&ask.Seconds, "seconds", 0, "how long it takes, on the simulated clock")
	c.Flags().StringVar(&ask.Privilege, "privilege", "", "what the token lacks, for no-privilege")
	c.Flags().StringVar(&ask.Volume, "volume", "", "storage:content/file, for file-exists")
	return c
}

func (l lab) fail(ask proxmox.Ask, machine string) error {
	var known []string
	for _, place := range places {
		all, err := l.presets(place)
		if err != nil {
			return err
		}
		for _, p := range all {
			known = append(known, p.Name)
			if p.Name == ask.Preset {
				return l.failAt(place, ask, machine)
			}
		}
	}
	return fmt.Errorf("there is no preset %q. Presets: %s", ask.Preset, strings.Join(known, ", "))
}

func (l lab) failAt(place string, ask proxmox.Ask, machine string) error {
	content := map[string]any{}
	text, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &content); err != nil {
		return err
	}
	switch {
	case machine == "":
	case place != "":
		content["machine"] = machine
	default:
		if content["vmid"], err = l.vmid(machine); err != nil {
			return err
		}
	}
	_, err = l.simulated(http.MethodPost, place+"faults", content)
	return err
}

func (l lab) vmid(machine string) (int, error) {
	answer, err := l.simulated(http.MethodGet, "state", nil)
	if err != nil {
		return 0, err
	}
	var state proxmox.State
	if err := json.Unmarshal(answer, &state); err != nil {
		return 0, err
	}
	for id, vm := range state.VMs {
		if vm.Config["name"] == machine {
			return id, nil
		}
	}
	return 0, fmt.Errorf("no host has a machine %q; before it is made, say --vmid", machine)
}
