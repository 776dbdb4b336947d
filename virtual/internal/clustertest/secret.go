package clustertest

import (
	"crypto/x509"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/controlplane"
)

// Certificate writes a secret of type kubernetes.io/tls with a fresh certificate for the hosts, over an older one, and
// returns the roots that trust it.
func (c *Cluster) Certificate(t *testing.T, namespace, name string, hosts ...string) *x509.CertPool {
	t.Helper()
	ca, err := controlplane.NewAuthority("the issuer of " + name)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := ca.Issue(controlplane.Identity{Name: hosts[0], Hosts: hosts})
	if err != nil {
		t.Fatal(err)
	}
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace}, Type: corev1.SecretTypeTLS,
		Data: map[string][]byte{"tls.crt": leaf.Certificate, "tls.key": leaf.Key}}
	secrets := c.Client.CoreV1().Secrets(namespace)
	_, err = secrets.Create(t.Context(), secret, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		_, err = secrets.Update(t.Context(), secret, metav1.UpdateOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca.Certificate)
	return roots
}
