package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	labs "starbase.example/virtual/internal/lab"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/pulumi"
	"starbase.example/virtual/internal/report"
	"starbase.example/virtual/internal/settings"
	"starbase.example/virtual/internal/space"
)

// lab is the lab that a command is about, seen from outside.
type lab struct {
	settings.Settings
	space space.Space
}

func with(stack string, do func(l lab) error) error {
	s, err := settings.FromEnvironment(stack)
	if err != nil {
		return err
	}
	return do(lab{Settings: s, space: space.Space{Folder: s.Folder}})
}

func (l lab) engine() pulumi.Engine { return pulumi.Engine{Settings: l.Settings} }

func (l lab) client() labs.Client {
	return labs.Client{Folder: l.space.Folder, Alive: func() bool { return l.running() == nil }}
}

// enter runs a command inside, with the environment of the lab's engine, in the given directory.
func (l lab) enter(dir string, command ...string) error {
	if err := l.running(); err != nil {
		return err
	}
	if err := l.engine().AdoptPassphrase(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	// Another command may be starting it.
	if err := l.client().Await(ctx, func(report.Step) {}); err != nil {
		return err
	}
	trust, err := l.client().Environment(ctx)
	if err != nil {
		return err
	}
	if trust, err = l.engine().Java(trust); err != nil {
		return err
	}
	environment := append(l.engine().Environment(os.Environ()), trust...)
	environment = append(environment, fmt.Sprintf("%s=%d", pulumi.CallerVariable, os.Getpid()))
	return passed(l.space.Enter(dir, environment, command))
}

// enterHere runs a command inside in the caller's working directory.
func (l lab) enterHere(command ...string) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	return l.enter(dir, command...)
}

// cluster is the lab's cluster, for a process inside.
func (l lab) cluster() (*rest.Config, error) {
	if err := lan.Inside(); err != nil {
		return nil, err
	}
	file := l.In("kubeconfig")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the lab runs, but no cluster in it: nothing was brought up yet, or it was destroyed. Bring it up with ./lab up")
	}
	return clientcmd.BuildConfigFromFlags("", file)
}

// self is this program, for a hidden verb of its own inside.
func self(verb string, arguments ...string) ([]string, error) {
	path, err := os.Executable()
	return append([]string{path, verb}, arguments...), err
}
