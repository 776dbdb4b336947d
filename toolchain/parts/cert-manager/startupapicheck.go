package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/cert-manager/cert-manager/internal/kube"
	"github.com/cert-manager/cert-manager/pkg/util/cmapichecker"
)

// runStartupAPICheck is the chart's hook Job: it returns when the API server and cert-manager's webhook answer a dry run.
func runStartupAPICheck(ctx context.Context, args []string) error {
	flags := pflag.NewFlagSet("cert-manager startupapicheck check api", pflag.ContinueOnError)
	patience := flags.Duration("wait", time.Minute, "how long to try")
	verbose := flags.BoolP("verbose", "v", false, "say after each try what is missing")
	kubeconfig := flags.String("kubeconfig", "", "file that leads to the API server; without it, the pod's service account does")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !slices.Equal(flags.Args(), []string{"check", "api"}) {
		return fmt.Errorf(`arguments %q: only "check api" is known`, flags.Args())
	}
	access, err := kube.BuildClientConfig("", *kubeconfig)
	if err != nil {
		return err
	}
	// The chart sets POD_NAMESPACE from the pod: its service account may make requests there.
	checker, err := cmapichecker.New(access, os.Getenv("POD_NAMESPACE"))
	if err != nil {
		return err
	}
	return untilReady(ctx, checker, *patience, *verbose)
}

func untilReady(ctx context.Context, checker cmapichecker.Interface, patience time.Duration, verbose bool) error {
	var missing error
	try := func(ctx context.Context) (bool, error) {
		missing = checker.Check(ctx)
		if simple := cmapichecker.TranslateToSimpleError(missing); simple != nil {
			missing = simple
		}
		if missing != nil && verbose {
			fmt.Fprintln(os.Stderr, "not ready:", missing)
		}
		return missing == nil, nil
	}
	// Upstream's interval; the first try is made at once.
	if err := wait.PollUntilContextTimeout(ctx, 5*time.Second, patience, true, try); err != nil {
		return fmt.Errorf("the cert-manager API is not ready after %s: %w", patience, missing)
	}
	fmt.Println("The cert-manager API is ready")
	return nil
}
