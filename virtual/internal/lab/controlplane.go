package lab

import (
	"errors"
	"os"

	"starbase.example/virtual/internal/controlplane"
)

// startControlPlane does nothing on a machine that has none.
func (l *Lab) startControlPlane(m *machine) error {
	if !m.plan.controlPlane {
		return nil
	}
	pki, err := controlplane.OpenPKI(l.In("pki"))
	if err != nil {
		return err
	}
	m.controlPlane, err = controlplane.Start(m.base, controlplane.Options{Node: m.node, PKI: pki, Bin: l.Bin, Folder: l.Folder})
	if err != nil {
		return err
	}
	l.controlPlane = m.controlPlane
	return l.kubeconfig()
}

// kubeconfig writes the admin's access once a lab: a person may have copied it.
func (l *Lab) kubeconfig() error {
	if _, err := os.Stat(l.In("kubeconfig")); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return l.controlPlane.WriteKubeconfig(l.In("kubeconfig"), controlplane.Admin)
}
