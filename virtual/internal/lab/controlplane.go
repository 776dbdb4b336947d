package lab

import (
	"context"
	"errors"
	"os"

	"starbase.example/virtual/internal/controlplane"
)

func (l *Lab) startControlPlane(ctx context.Context) error {
	pki, err := controlplane.OpenPKI(l.In("pki"))
	if err != nil {
		return err
	}
	for _, m := range machines {
		if !m.controlPlane {
			continue
		}
		l.controlPlane, err = controlplane.Start(ctx, controlplane.Options{
			Node: l.nodes[m.name], PKI: pki, Bin: l.Bin, Folder: l.Folder})
		if err != nil {
			return err
		}
	}
	return l.kubeconfig()
}

// kubeconfig writes the admin's access once a lab: a person may have copied it.
func (l *Lab) kubeconfig() error {
	if _, err := os.Stat(l.In("kubeconfig")); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return l.controlPlane.WriteKubeconfig(l.In("kubeconfig"), controlplane.Admin)
}
