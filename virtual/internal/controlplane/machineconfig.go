package controlplane

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/config"
)

// OptionsOf reads from a control plane's machine configuration all that it says of etcd and Kubernetes. Where the control
// plane runs (Node, Name, Bin, Folder), and with whom (Join), is the caller's to add.
func OptionsOf(machine config.Provider) (Options, error) {
	pki, err := PKIOf(machine)
	if err != nil {
		return Options{}, err
	}
	cluster := machine.Cluster()
	o := Options{
		PKI: pki, Endpoint: strings.TrimSuffix(cluster.Endpoint().String(), "/"),
		Names:    append([]string{cluster.Endpoint().Hostname()}, cluster.CertSANs()...),
		Pods:     strings.Join(cluster.Network().PodCIDRs(), ","),
		Services: strings.Join(cluster.Network().ServiceCIDRs(), ","),
		Domain:   cluster.Network().DNSDomain(),
		Token:    Token{ID: cluster.Token().ID(), Secret: cluster.Token().Secret()},
		Arguments: map[string]map[string][]string{
			"etcd": cluster.Etcd().ExtraArgs(), "kube-apiserver": cluster.APIServer().ExtraArgs(),
			"kube-controller-manager": cluster.ControllerManager().ExtraArgs(), "kube-scheduler": cluster.Scheduler().ExtraArgs(),
		},
	}
	for _, vip := range machine.NetworkVirtualIPConfigs() {
		o.VIP = vip.VIP()
	}
	if o.VIP.IsValid() {
		o.Names = append(o.Names, o.VIP.String())
	}
	o.Admission, err = admission(machine)
	return o, err
}

// PKIOf is the identity of the cluster that a control plane's machine configuration holds. A worker's holds none.
func PKIOf(machine config.Provider) (PKI, error) {
	if machine.RawV1Alpha1() == nil || machine.Cluster() == nil {
		return PKI{}, errors.New("the machine configuration has no cluster section")
	}
	cluster := machine.Cluster()
	kubernetes, err := authority("cluster.ca", cluster.IssuingCA())
	etcd, errEtcd := authority("cluster.etcd.ca", cluster.Etcd().CA())
	frontProxy, errProxy := authority("cluster.aggregatorCA", cluster.AggregatorCA())
	var errKey error
	key := cluster.ServiceAccount()
	if key == nil || len(key.Key) == 0 {
		errKey = errors.New("the machine configuration has no key at cluster.serviceAccount")
	}
	if err := errors.Join(err, errEtcd, errProxy, errKey); err != nil {
		return PKI{}, err
	}
	return PKI{Kubernetes: kubernetes, Etcd: etcd, FrontProxy: frontProxy, ServiceAccountKey: key.Key,
		Secretbox: cluster.SecretboxEncryptionSecret()}, nil
}

func authority(key string, pair *x509.PEMEncodedCertificateAndKey) (Authority, error) {
	if pair == nil || len(pair.Crt) == 0 || len(pair.Key) == 0 {
		return Authority{}, fmt.Errorf("the machine configuration has no certificate with its key at %s: a control plane's has", key)
	}
	return Authority{Certificate: pair.Crt, Key: pair.Key}, nil
}

// admission is the API server's admission configuration, in JSON, which is YAML.
func admission(machine config.Provider) ([]byte, error) {
	type plugin struct {
		Name          string         `json:"name"`
		Configuration map[string]any `json:"configuration"`
	}
	var plugins []plugin
	for _, p := range machine.Cluster().APIServer().AdmissionControl() {
		plugins = append(plugins, plugin{p.Name(), p.Configuration()})
	}
	if plugins == nil {
		return nil, nil
	}
	return json.Marshal(map[string]any{
		"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AdmissionConfiguration", "plugins": plugins})
}
