package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/gateways"
	"starbase.example/virtual/internal/space"
)

const (
	curlVerb   = "trusting-curl"
	curlBundle = "CURL_CA_BUNDLE"
)

// curl runs inside as a person's whose machine trusts the lab: its own outside world, and the pages' certificates.
func curl(l lab, arguments []string) error {
	command, err := self(curlVerb, arguments...)
	if err != nil {
		return err
	}
	return l.enterHere(command...)
}

// trustingCurl is the inner half of curl. The certificates are asked for at each call, as they are renewed.
func trustingCurl(arguments []string) error {
	return here(func(l lab) error {
		config, err := l.cluster()
		if err != nil {
			return err
		}
		presented, err := presented(context.Background(), config)
		if err != nil {
			return err
		}
		outside, err := os.ReadFile(os.Getenv(curlBundle))
		if err != nil {
			return fmt.Errorf("the certificate of the lab's outside world: %w", err)
		}
		file, err := l.bundle(append(outside, presented...))
		if err != nil {
			return err
		}
		cmd := exec.Command("curl", append([]string{"--no-progress-meter"}, arguments...)...)
		cmd.Env = append(os.Environ(), curlBundle+"="+file)
		return passed(space.Supervise(cmd))
	})
}

// bundle writes the file whole or not at all: another curl may be reading it.
func (l lab) bundle(certificates []byte) (string, error) {
	file := l.In("curl-ca-bundle.pem")
	fresh, err := os.CreateTemp(l.Folder, "curl-ca-bundle-*")
	if err != nil {
		return "", err
	}
	_, err = fresh.Write(certificates)
	if err := errors.Join(err, fresh.Close()); err != nil {
		return "", err
	}
	return file, os.Rename(fresh.Name(), file)
}

// presented are the certificates that the Gateways show their clients, in PEM.
func presented(ctx context.Context, config *rest.Config) ([]byte, error) {
	typed, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	untyped, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	state, err := gateways.Read(ctx, untyped)
	if err != nil {
		return nil, fmt.Errorf("reading which Gateways there are: %w", err)
	}
	return gateways.Certificates(ctx, typed, state)
}
