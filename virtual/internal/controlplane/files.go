package controlplane

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
)

// files is a node's folder of certificates and configurations, written anew at each start.
type files struct{ folder string }

func (f files) path(name string) string { return filepath.Join(f.folder, name) }

func (f files) write(name string, content []byte) error {
	if err := os.MkdirAll(f.folder, 0o700); err != nil {
		return err
	}
	return os.WriteFile(f.path(name), content, 0o600)
}

func (f files) writePair(name string, pair Authority) error {
	if err := f.write(name+".crt", pair.Certificate); err != nil {
		return err
	}
	return f.write(name+".key", pair.Key)
}

// issue writes all that the four programs read.
func (c *ControlPlane) issue() error {
	o, pki, node, f := c.options, c.options.PKI, c.options.Node.Address(), c.files
	for name, content := range map[string][]byte{"ca.crt": pki.Kubernetes.Certificate, "ca.key": pki.Kubernetes.Key,
		"etcd-ca.crt": pki.Etcd.Certificate, "front-proxy-ca.crt": pki.FrontProxy.Certificate,
		"service-account.key": pki.ServiceAccountKey, "audit-policy.yaml": auditPolicy,
		"admission.yaml": o.Admission, "encryption.yaml": pki.encryption()} {
		if err := f.write(name, content); err != nil {
			return err
		}
	}
	names, err := o.serverNames(node)
	if err != nil {
		return err
	}
	for _, leaf := range []struct {
		file string
		by   Authority
		to   Identity
	}{
		{"etcd", pki.Etcd, Identity{Name: o.Name, Hosts: []string{"localhost", loopback.String(), node.String()}, Client: true}},
		{"etcd-client", pki.Etcd, Identity{Name: "kube-apiserver", Client: true}},
		{"apiserver", pki.Kubernetes, Identity{Name: "kube-apiserver", Hosts: names}},
		{"kubelet-client", pki.Kubernetes, Identity{Name: "kube-apiserver", Groups: []string{"system:masters"}, Client: true}},
		{"front-proxy-client", pki.FrontProxy, Identity{Name: "front-proxy-client", Client: true}},
	} {
		pair, err := leaf.by.Issue(leaf.to)
		if err != nil {
			return err
		}
		if err := f.writePair(leaf.file, pair); err != nil {
			return err
		}
	}
	for _, user := range []string{"kube-controller-manager", "kube-scheduler"} {
		if err := pki.writeKubeconfig(f.path(user+".kubeconfig"), c.ownURL(), Identity{Name: "system:" + user}); err != nil {
			return err
		}
	}
	return nil
}

// serverNames are the names and addresses that the API server's certificate carries.
func (o Options) serverNames(node netip.Addr) ([]string, error) {
	names := []string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc." + o.Domain, "localhost"}
	names = append(names, loopback.String())
	for _, network := range strings.Split(o.Services, ",") {
		services, err := netip.ParsePrefix(network)
		if err != nil {
			return nil, fmt.Errorf("the network of Services: %w", err)
		}
		names = append(names, services.Masked().Addr().Next().String())
	}
	names = append(names, node.String())
	return append(names, o.Names...), nil
}

// encryption is the API server's EncryptionConfiguration, or nothing.
func (p PKI) encryption() []byte {
	if p.Secretbox == "" {
		return nil
	}
	return fmt.Appendf(nil, `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - secretbox: {keys: [{name: key2, secret: %q}]}
      - identity: {}
`, p.Secretbox)
}
