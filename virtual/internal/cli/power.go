package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"starbase.example/virtual/internal/report"
)

func powerCommand(stack *string) *cobra.Command {
	command := &cobra.Command{
		Use: "power", Short: "list the machines; power on MACHINE and power off MACHINE switch one",
		RunE: func(*cobra.Command, []string) error { return with(*stack, machines) },
	}
	for name, on := range map[string]bool{"on": true, "off": false} {
		command.AddCommand(&cobra.Command{
			Use: name + " MACHINE", Short: "switch a machine " + name, Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, names []string) error {
				return with(*stack, func(l lab) error {
					if err := l.running(); err != nil {
						return err
					}
					return l.client().Power(context.Background(), names[0], on)
				})
			},
		})
	}
	return choosing(command)
}

func machines(l lab) error {
	if err := l.running(); err != nil {
		return err
	}
	all, err := l.client().Machines(context.Background())
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i, m := range all {
		rows[i] = []string{m.Name, m.Address, map[bool]string{true: "on", false: "off"}[m.On]}
	}
	return report.Table(os.Stdout, []string{"MACHINE", "ADDRESS", "POWER"}, rows)
}
