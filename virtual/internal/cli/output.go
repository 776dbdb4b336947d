package cli

import (
	"fmt"

	"github.com/spf13/cobra"
	"starbase.example/virtual/internal/pulumi"
)

func outputCommand(stack *string) *cobra.Command {
	var asJSON, showSecrets bool
	c := &cobra.Command{
		Use: "output [NAME]", Short: "print a stack output: a string as it is, anything else as JSON", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			return with(*stack, func(l lab) error {
				outputs, err := l.engine().Outputs(showSecrets)
				if err != nil {
					return err
				}
				name := ""
				if len(names) == 1 {
					name = names[0]
				}
				text, err := pulumi.Print(outputs, name, asJSON)
				if err == nil {
					fmt.Println(text)
				}
				return err
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "strings as JSON too")
	c.Flags().BoolVar(&showSecrets, "show-secrets", false, "secrets in clear")
	return c
}
