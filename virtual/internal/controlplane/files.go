package controlplane

import (
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
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
	pki, node, f := c.options.PKI, c.options.Node.Address().String(), c.files
	for name, content := range map[string][]byte{"ca.crt": pki.Kubernetes.Certificate, "ca.key": pki.Kubernetes.Key,
		"etcd-ca.crt": pki.Etcd.Certificate, "front-proxy-ca.crt": pki.FrontProxy.Certificate,
		"service-account.key": pki.ServiceAccountKey, "audit-policy.yaml": auditPolicy} {
		if err := f.write(name, content); err != nil {
			return err
		}
	}
	for _, leaf := range []struct {
		file string
		by   Authority
		to   Identity
	}{
		{"etcd", pki.Etcd, Identity{Name: c.options.Node.Name(), Hosts: []string{"localhost", "127.0.0.1", node}, Client: true}},
		{"etcd-client", pki.Etcd, Identity{Name: "kube-apiserver", Client: true}},
		{"apiserver", pki.Kubernetes, Identity{Name: "kube-apiserver", Hosts: ServerNames(node, c.options.Names)}},
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
		if err := c.WriteKubeconfig(f.path(user+".kubeconfig"), Identity{Name: "system:" + user}); err != nil {
			return err
		}
	}
	return nil
}

// ServerNames are the names and addresses that an API server's certificate carries.
func ServerNames(node string, further []string) []string {
	return append([]string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
		"localhost", "127.0.0.1", "10.96.0.1", node}, further...)
}

// WriteKubeconfig writes a kubeconfig with an identity issued for it, named after the lab.
func (c *ControlPlane) WriteKubeconfig(path string, id Identity) error {
	id.Client = true
	pair, err := c.options.PKI.Kubernetes.Issue(id)
	if err != nil {
		return err
	}
	const name = "starbase"
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: c.URL(), CertificateAuthorityData: c.options.PKI.Kubernetes.Certificate}
	config.AuthInfos[name] = &api.AuthInfo{ClientCertificateData: pair.Certificate, ClientKeyData: pair.Key}
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	return clientcmd.WriteToFile(*config, path)
}
