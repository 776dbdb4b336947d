package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// stackVariable carries the stack's name into the lab's own processes.
const stackVariable = "STARBASE_STACK"

func commands() *cobra.Command {
	stack := os.Getenv(stackVariable)
	if stack == "" {
		stack = "lab"
	}
	root := &cobra.Command{
		Use: "lab", Short: "The virtual lab: no hardware, no internet, every control plane real.",
		SilenceUsage: true, SilenceErrors: true, TraverseChildren: true,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	// Global options stand before the verb: what follows one may belong to another program.
	root.Flags().StringVar(&stack, "stack", stack, "the stack: Pulumi.<stack>.yaml is its configuration")

	root.AddCommand(
		plain("up", "start the lab if it does not run and bring the stack up in it", &stack, up),
		plain("start", "start the lab and bring nothing up in it", &stack, begin),
		plain("down", "end the lab and remove everything of it", &stack, down),
		plain("status", "show what stands and what of it is real", &stack, showStatus),
		through("shell", "a shell in the lab", &stack, shell),
		through("exec", "run a command in the lab: exec -- COMMAND ARG…", &stack, execute),
		through("kubectl", "run kubectl in the lab", &stack, named("kubectl")),
		through("talosctl", "run talosctl in the lab, with the stack's talosconfig", &stack, talosctl),
		through("curl", "run curl in the lab; it trusts the certificates that the Gateways present now", &stack, curl),
		through("pulumi", "run pulumi in the lab", &stack, named("pulumi")),
		through("doctor", "follow a request from its name to its answer", &stack, doctor),
		through("drift", "compare the lab with its plan; exit 2 if it differs (--repair)", &stack, drift),
		through("destroy", "destroy the stack; the lab goes on", &stack, destroy),
		through("preview", "show what up would do; needs no running lab", &stack, preview),
		outputCommand(&stack),
		powerCommand(&stack),
		simCommand(&stack),
	)
	return root
}

// plain is a verb without arguments.
func plain(name, short string, stack *string, run func(l lab) error) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		return with(*stack, run)
	}}
}

// through is a verb that hands all following words to another program, and its exit code on.
func through(name, short string, stack *string, run func(l lab, arguments []string) error) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, DisableFlagParsing: true, RunE: func(_ *cobra.Command, arguments []string) error {
		return with(*stack, func(l lab) error { return run(l, arguments) })
	}}
}

// choosing makes a command refuse a word that is not one of its subcommands, and a missing word unless the command can run
// by itself. Both messages list the subcommands.
func choosing(command *cobra.Command) *cobra.Command {
	var words []string
	for _, each := range command.Commands() {
		words = append(words, each.Name())
	}
	after := "./lab " + command.Name() + " " + strings.Join(words, " | ")
	command.Args = func(_ *cobra.Command, given []string) error {
		if len(given) > 0 {
			return fmt.Errorf("%q is not a subcommand of ./lab %s; allowed: %s", given[0], command.Name(), after)
		}
		return nil
	}
	if command.RunE == nil {
		command.RunE = func(*cobra.Command, []string) error { return fmt.Errorf("a subcommand is missing; allowed: %s", after) }
	}
	return command
}
