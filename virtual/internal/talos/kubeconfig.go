package talos

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	stdx509 "crypto/x509"
	"errors"
	"time"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/config/config"
	"google.golang.org/protobuf/types/known/emptypb"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// clockSkew is how much clients' clocks may lag behind.
const clockSkew = 10 * time.Second

// Kubeconfig is machine.MachineService/Kubeconfig: an archive with one file. It is computed from the machine config, so that
// it works before there is a cluster.
func (a api) Kubeconfig(_ *emptypb.Empty, out machine.MachineService_KubeconfigServer) error {
	if err := a.life.onControlPlanes("kubeconfig"); err != nil {
		return err
	}
	content, err := kubeconfig(a.life.current().Cluster())
	if err != nil {
		return err
	}
	archive, err := archived("kubeconfig", content)
	if err != nil {
		return err
	}
	a.life.machine.tell("kubeconfig", "given away", "")
	return out.Send(&common.Data{Bytes: archive})
}

// kubeconfig is an administrator's, with a certificate of its own.
func kubeconfig(c config.ClusterConfig) ([]byte, error) {
	pair, err := administrator(c)
	if err != nil {
		return nil, err
	}
	name, user := c.Name(), "admin@"+c.Name()
	k := clientcmdapi.NewConfig()
	k.Clusters[name] = &clientcmdapi.Cluster{Server: c.Endpoint().String(), CertificateAuthorityData: kubernetesCAs(c)}
	k.AuthInfos[user] = &clientcmdapi.AuthInfo{ClientCertificateData: pair.Crt, ClientKeyData: pair.Key}
	k.Contexts[user] = &clientcmdapi.Context{Cluster: name, Namespace: "default", AuthInfo: user}
	k.CurrentContext = user
	return clientcmd.Write(*k)
}

// administrator issues a client certificate as the machine config describes it: name, groups and lifetime.
func administrator(c config.ClusterConfig) (*x509.PEMEncodedCertificateAndKey, error) {
	ca, err := x509.NewCertificateAuthorityFromCertificateAndKey(c.IssuingCA())
	if err != nil {
		return nil, err
	}
	now, admin := time.Now(), c.AdminKubeconfig()
	pair, err := x509.NewKeyPair(ca, x509.CommonName(admin.CommonName()), x509.Organization(admin.CertOrganization()),
		x509.NotBefore(now.Add(-clockSkew)), x509.NotAfter(now.Add(admin.CertLifetime())),
		x509.KeyUsage(stdx509.KeyUsageDigitalSignature|stdx509.KeyUsageKeyEncipherment), usage(stdx509.ExtKeyUsageClientAuth))
	if err != nil {
		return nil, err
	}
	return x509.NewCertificateAndKeyFromKeyPair(pair), nil
}

func kubernetesCAs(c config.ClusterConfig) []byte {
	var all []byte
	for _, ca := range c.AcceptedCAs() {
		all = append(all, ca.Crt...)
	}
	return append(all, c.IssuingCA().Crt...)
}

// archived is a .tar.gz with one file: the form in which machined hands out files.
func archived(name string, content []byte) ([]byte, error) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	archive := tar.NewWriter(zip)
	err := archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(content)), Mode: 0o600, ModTime: time.Now()})
	if err == nil {
		_, err = archive.Write(content)
	}
	err = errors.Join(err, archive.Close(), zip.Close())
	return packed.Bytes(), err
}
