package kubelet

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	certificatesv1 "k8s.io/api/certificates/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/certificate/csr"
	"k8s.io/client-go/util/keyutil"
)

// Bootstrap is how a kubelet gets its identity from the cluster itself: with a bootstrap token it asks for a client
// certificate, which the controller manager approves and signs
// (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/).
type Bootstrap struct {
	// Server is the API server's address as a URL, dialled from the node: the cluster's endpoint, or KubePrism.
	Server string
	// CA signed the API servers' certificates: PEM.
	CA []byte
	// Token is "id.secret".
	Token string
	// Folder keeps the certificate and its key over restarts: it is on the machine's disk.
	Folder string
}

const (
	// pairFile holds certificate and key, under the name that a kubelet's own store gives it.
	pairFile = "kubelet-client-current.pem"
	// fresh is how much life a certificate that is kept must have left.
	fresh = 7 * 24 * time.Hour
	// signTime is how long a request waits before another is made: a controller manager must have been elected.
	signTime = 2 * time.Minute
)

// identity is the kubelet's connection with a certificate of its own, which it asks for until it gets it.
func (o Options) identity(ctx context.Context) (*rest.Config, error) {
	var complaints lasting
	for {
		pair, err := o.kept()
		if err != nil {
			pair, err = o.ask(ctx)
		}
		config := o.Bootstrap.config()
		config.CertData, config.KeyData = pair, pair
		if err == nil {
			err = o.accepted(ctx, config)
		}
		if err == nil {
			return config, nil
		}
		if said := o.complaint(err); ctx.Err() == nil && complaints.worth(said) {
			o.report(said)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(patience):
		}
	}
}

// lasting is a complaint that is worth telling when it has been the same for a while, and then once: an API server that
// has just started doesn't know tokens yet.
type lasting struct {
	text  string
	since time.Time
	told  bool
}

func (l *lasting) worth(text string) bool {
	if text != l.text {
		*l = lasting{text: text, since: time.Now()}
	}
	worth := text != "" && !l.told && time.Since(l.since) > 10*time.Second
	l.told = l.told || worth
	return worth
}

// accepted asks the cluster for the node, which need not be there yet: a cluster that boots more slowly is waited for.
func (o Options) accepted(ctx context.Context, who *rest.Config) error {
	client, err := kubernetes.NewForConfig(config(o, who))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if _, err := client.CoreV1().Nodes().Get(ctx, o.name(), metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		return err
	}
	return nil
}

// complaint is what people should know; a cluster that doesn't answer yet is nothing special.
func (o Options) complaint(err error) string {
	switch {
	case apierrors.IsUnauthorized(err):
		return fmt.Sprintf("node %s is kept away: the cluster does not know its bootstrap token (cluster.token of its machine configuration)", o.name())
	case errors.As(err, new(*net.OpError)) || errors.Is(err, context.DeadlineExceeded):
		return ""
	}
	return fmt.Sprintf("node %s is kept away: %v", o.name(), err)
}

func (b Bootstrap) config() *rest.Config {
	return &rest.Config{Host: b.Server, TLSClientConfig: rest.TLSClientConfig{CAData: b.CA}}
}

// kept is the pair of an earlier start, if this cluster signed it for this node and it is still good.
func (o Options) kept() ([]byte, error) {
	pair, err := os.ReadFile(filepath.Join(o.Bootstrap.Folder, pairFile))
	if err != nil {
		return nil, err
	}
	known, err := tls.X509KeyPair(pair, pair)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(o.Bootstrap.CA)
	_, err = known.Leaf.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: time.Now().Add(fresh), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	if err == nil && known.Leaf.Subject.CommonName != userPrefix+o.name() {
		err = fmt.Errorf("the certificate is that of %s", known.Leaf.Subject.CommonName)
	}
	return pair, err
}

const userPrefix = "system:node:"

// ask makes a key and has the cluster sign a certificate for it.
func (o Options) ask(ctx context.Context) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	request, err := cert.MakeCSRFromTemplate(key, &x509.CertificateRequest{
		Subject: pkix.Name{CommonName: userPrefix + o.name(), Organization: []string{"system:nodes"}}})
	if err != nil {
		return nil, err
	}
	config := o.Bootstrap.config()
	config.BearerToken, config.Dial = o.Bootstrap.Token, o.Node.Namespace().Dial
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, signTime)
	defer cancel()
	// What the next call says of an error is only words.
	if err := client.Discovery().RESTClient().Get().AbsPath("/version").Do(ctx).Error(); err != nil {
		return nil, err
	}
	name, uid, err := csr.RequestCertificateWithContext(ctx, client, request, "", certificatesv1.KubeAPIServerClientKubeletSignerName, nil,
		[]certificatesv1.KeyUsage{certificatesv1.UsageDigitalSignature, certificatesv1.UsageClientAuth}, key)
	if err != nil {
		return nil, err
	}
	signed, err := csr.WaitForCertificate(ctx, client, name, uid)
	if err != nil {
		return nil, fmt.Errorf("certificate signing request %s: %w", name, err)
	}
	private, err := keyutil.MarshalPrivateKeyToPEM(key)
	if err != nil {
		return nil, err
	}
	pair := bytes.Join([][]byte{signed, private}, nil)
	return pair, errors.Join(os.MkdirAll(o.Bootstrap.Folder, 0o700), os.WriteFile(filepath.Join(o.Bootstrap.Folder, pairFile), pair, 0o600))
}
