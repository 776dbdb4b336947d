package pulumi

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// wholeStack tells the program, and the commands of its machines, that everything goes: what lives in the cluster is
// forgotten, nothing is protected, and no machine need take leave of the others.
const wholeStack = "STARBASE_DESTROY=yes"

// destroying is what the lock says of a destroy.
const destroying = "pulumi destroy"

// Destroy ends the stack in the same way as on hardware. A cluster that somebody else made stays, and what the stack has
// in it is deleted.
func (e Engine) Destroy(arguments []string) (int, error) {
	if err := e.Prepare(); err != nil {
		return 0, err
	}
	if err := e.prepareStack(); err != nil {
		return 0, err
	}
	words := append([]string{"destroy", "--yes", "--skip-preview"}, arguments...)
	return e.writing(destroying, func() (int, error) {
		made, err := e.hasMadeCluster()
		if err != nil {
			return 0, err
		}
		if made {
			words = append(words, "--run-program")
		}
		code, err := e.exec(words, append(e.options(), wholeStack))
		if err == nil && code == 0 && made {
			err = os.RemoveAll(e.In("kubeconfig"))
		}
		return code, err
	})
}

// layers are the components of machines and of the cluster on them.
var layers = []string{"starbase:proxmox:Proxmox", "starbase:talos:Talos"}

// hasMadeCluster tells whether the stack has made a cluster, or has begun to.
func (e Engine) hasMadeCluster() (bool, error) {
	state, err := e.export()
	if err != nil {
		return false, err
	}
	var exported struct {
		Deployment struct {
			Resources []recorded `json:"resources"`
		} `json:"deployment"`
	}
	if err := json.Unmarshal(state, &exported); err != nil {
		return false, fmt.Errorf("the stack's state: %w", err)
	}
	for _, r := range exported.Deployment.Resources {
		if slices.Contains(layers, r.Type) {
			return true, nil
		}
	}
	return false, nil
}
