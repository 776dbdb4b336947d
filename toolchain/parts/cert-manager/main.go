// cert-manager is the programs that cert-manager's Helm chart starts, as one binary:
//
//	cert-manager controller|webhook|cainjector [flags]
//	cert-manager startupapicheck check api [flags]
//
// Upstream's own mains are modules of their own that can't be had from a module proxy, so this wires the packages of cert-manager's
// library module in their place. It knows the flags that the chart can render, and --kubeconfig for a start outside a pod; any other
// flag is an error, so that nothing that the chart asks for gets lost. ACME's solver pods are not part of it.
//
// One binary in place of four links the library once. Its price: each component accepts the feature gates of all.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/pflag"

	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

var components = map[string]func(ctx context.Context, args []string) error{
	"controller":      runController,
	"webhook":         runWebhook,
	"cainjector":      runCAInjector,
	"startupapicheck": runStartupAPICheck,
}

const usage = "usage: cert-manager controller|webhook|cainjector|startupapicheck [flags]"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	run, ok := components[os.Args[1]]
	if !ok {
		fmt.Fprintf(os.Stderr, "there is no component %q\n%s\n", os.Args[1], usage)
		os.Exit(2)
	}
	os.Exit(start(os.Args[1], run, os.Args[2:]))
}

// start runs a component until it ends or the process is told to, and returns the exit status.
func start(name string, run func(context.Context, []string) error, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	logf.InitLogs()
	defer logf.FlushLogs()
	err := run(logf.NewContext(ctx, logf.Log, name), args)
	if err == nil || errors.Is(err, pflag.ErrHelp) {
		return 0
	}
	fmt.Fprintf(os.Stderr, "cert-manager %s: %v\n", name, err)
	return 1
}
