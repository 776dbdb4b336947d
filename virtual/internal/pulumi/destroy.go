package pulumi

import (
	"encoding/json"
	"fmt"
	"os"
)

// wholeStack tells the program's own commands that everything goes: no machine need take leave of the others.
const wholeStack = "STARBASE_DESTROY=yes"

// Destroy ends the stack. When its machines go too, what lives in the cluster is forgotten first: deleting it piece by piece
// in a cluster that falls apart waits for finalizers that nobody serves any more (pulumi-kubernetes#1920).
func (e Engine) Destroy(arguments []string) (int, error) {
	if err := e.Prepare(); err != nil {
		return 0, err
	}
	if err := e.prepareStack(); err != nil {
		return 0, err
	}
	words := append([]string{"destroy", "--yes", "--skip-preview"}, arguments...)
	return e.writing("pulumi destroy", func() (int, error) {
		machines, err := e.forgetCluster()
		if err != nil {
			return 0, err
		}
		if machines {
			words = append(words, "--ignore-protect")
		}
		code, err := e.exec(words, append(e.options(), wholeStack))
		if err == nil && code == 0 && machines {
			err = os.RemoveAll(e.In("kubeconfig"))
		}
		return code, err
	})
}

// resources of a state, as far as they matter here.
type resources struct {
	Deployment struct {
		Resources []struct {
			URN  string `json:"urn"`
			Type string `json:"type"`
		} `json:"resources"`
	} `json:"deployment"`
}

const (
	kubernetesProvider = "pulumi:providers:kubernetes"
	virtualMachine     = "proxmoxve:index/vmLegacy:VmLegacy"
)

// forgetCluster takes all that goes through a Kubernetes provider out of the state, if the stack has machines of its own.
func (e Engine) forgetCluster() (machines bool, err error) {
	state, err := e.quiet(e.In("project"), nil, "stack", "export", "--stack", e.Stack)
	if err != nil {
		return false, err
	}
	var exported resources
	if err := json.Unmarshal(state, &exported); err != nil {
		return false, fmt.Errorf("the stack's state: %w", err)
	}
	var providers []string
	for _, r := range exported.Deployment.Resources {
		machines = machines || r.Type == virtualMachine
		if r.Type == kubernetesProvider {
			providers = append(providers, r.URN)
		}
	}
	if !machines {
		return false, nil
	}
	for _, urn := range providers {
		fmt.Fprintln(os.Stderr, "Forgetting what lives in the cluster: it goes with its machines")
		if _, err := e.quiet(e.In("project"), nil, "state", "delete", urn, "--target-dependents", "--force", "--yes", "--stack", e.Stack); err != nil {
			return false, err
		}
	}
	return true, nil
}
