package controlplane

import (
	"cmp"
	"fmt"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// Admin is the identity of the lab's owner.
var Admin = Identity{Name: "starbase-admin", Groups: []string{"system:masters"}}

// URL is the cluster's address as clients write it: its endpoint, or that of its only API server.
func (c *ControlPlane) URL() string { return cmp.Or(c.options.Endpoint, c.ownURL()) }

// ownURL is the API server's on this very node.
func (c *ControlPlane) ownURL() string { return fmt.Sprintf("https://%s", c.Address()) }

// ClientFor is a client configuration with an identity of its own, issued for it. It dials from the node, inside the lab.
func (c *ControlPlane) ClientFor(id Identity) (*rest.Config, error) {
	config, err := c.options.PKI.ClientFor(c.URL(), id)
	if err == nil {
		config.Dial = c.options.Node.Namespace().Dial
	}
	return config, err
}

// ClientFor is a client configuration for a server's URL, with an identity of its own. How to dial is the caller's to say.
func (p PKI) ClientFor(server string, id Identity) (*rest.Config, error) {
	id.Client = true
	pair, err := p.Kubernetes.Issue(id)
	if err != nil {
		return nil, err
	}
	return &rest.Config{Host: server, QPS: 50, Burst: 100,
		TLSClientConfig: rest.TLSClientConfig{CAData: p.Kubernetes.Certificate, CertData: pair.Certificate, KeyData: pair.Key}}, nil
}

// WriteKubeconfig writes a kubeconfig with an identity issued for it, named after the lab.
func (c *ControlPlane) WriteKubeconfig(path string, id Identity) error {
	return c.options.PKI.writeKubeconfig(path, c.URL(), id)
}

func (p PKI) writeKubeconfig(path, server string, id Identity) error {
	id.Client = true
	pair, err := p.Kubernetes.Issue(id)
	if err != nil {
		return err
	}
	const name = "starbase"
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: server, CertificateAuthorityData: p.Kubernetes.Certificate}
	config.AuthInfos[name] = &api.AuthInfo{ClientCertificateData: pair.Certificate, ClientKeyData: pair.Key}
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	return clientcmd.WriteToFile(*config, path)
}

// client asks this very node's API server, as the lab's owner.
func (c *ControlPlane) client() (*kubernetes.Clientset, error) {
	config, err := c.options.PKI.ClientFor(c.ownURL(), Admin)
	if err != nil {
		return nil, err
	}
	config.Dial = c.options.Node.Namespace().Dial
	return kubernetes.NewForConfig(config)
}
