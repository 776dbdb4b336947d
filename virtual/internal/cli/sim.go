package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/spf13/cobra"

	"starbase.example/virtual/internal/proxmox"
	"starbase.example/virtual/internal/report"
)

// simCommand is the side door of the simulated hosts and machines.
func simCommand(stack *string) *cobra.Command {
	command := &cobra.Command{Use: "sim", Short: "look into the simulated hosts and machines, and make something of them fail"}
	command.AddCommand(
		shows("state", "everything that the hosts know, as JSON", stack, "state"),
		shows("machines", "what runs on the machines, as JSON", stack, "talos/machines"),
		shows("unknown", "requests to Proxmox that are not simulated, and how often they came", stack, "unknown"),
		eventsCommand(stack),
		presetsCommand(stack),
		failCommand(stack),
		&cobra.Command{Use: "clear", Short: "nothing fails any more", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				return with(*stack, func(l lab) error {
					for _, path := range []string{"faults", "talos/faults"} {
						if _, err := l.simulated(http.MethodDelete, path, nil); err != nil {
							return err
						}
					}
					return nil
				})
			}},
	)
	return choosing(command)
}

func shows(name, short string, stack *string, path string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		return with(*stack, func(l lab) error { return l.show(path) })
	}}
}

func eventsCommand(stack *string) *cobra.Command {
	var after int
	var talos bool
	c := &cobra.Command{Use: "events", Short: "what happened on the hosts (--talos: on the machines), as JSON", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			path := map[bool]string{false: "events", true: "talos/events"}[talos]
			return with(*stack, func(l lab) error { return l.show(fmt.Sprintf("%s?after=%d", path, after)) })
		}}
	c.Flags().IntVar(&after, "after", 0, "only those after this number")
	c.Flags().BoolVar(&talos, "talos", false, "those of the machines")
	return c
}

func (l lab) simulated(method, path string, content any) ([]byte, error) {
	if err := l.running(); err != nil {
		return nil, err
	}
	var body []byte
	if content != nil {
		var err error
		if body, err = json.Marshal(content); err != nil {
			return nil, err
		}
	}
	return l.client().Simulated(context.Background(), method, path, body)
}

func (l lab) show(path string) error {
	answer, err := l.simulated(http.MethodGet, path, nil)
	if err == nil {
		_, err = os.Stdout.Write(answer)
	}
	return err
}

// places are where presets are: on the hosts, and on the machines.
var places = []string{"", "talos/"}

func (l lab) presets(place string) (all []proxmox.Preset, err error) {
	answer, err := l.simulated(http.MethodGet, place+"presets", nil)
	if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(answer, &all)
}

func presetsCommand(stack *string) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "presets", Short: "the table of what can be made to fail, and what comes of it", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return with(*stack, func(l lab) error {
				all, err := l.allPresets()
				switch {
				case err != nil:
					return err
				case asJSON:
					return json.NewEncoder(os.Stdout).Encode(all)
				default:
					return report.Table(os.Stdout, []string{"PRESET", "WHAT", "UP", "NEXT"}, lines(all))
				}
			})
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (l lab) allPresets() (all []proxmox.Preset, err error) {
	for _, place := range places {
		there, err := l.presets(place)
		if err != nil {
			return nil, err
		}
		all = append(all, there...)
	}
	return all, nil
}

func lines(presets []proxmox.Preset) (rows [][]string) {
	for _, p := range presets {
		outcome := p.Outcome.Up
		if p.Outcome.Says != "" {
			outcome += fmt.Sprintf(" (%q)", p.Outcome.Says)
		}
		rows = append(rows, []string{p.Name, p.Description, outcome, p.Outcome.Next})
	}
	return rows
}
