package translate

import (
	"fmt"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	corev1 "k8s.io/api/core/v1"
)

// secrets adds the wanted ones to out and says which are missing or of no use.
func secrets(wanted []string, by string, have map[string]*corev1.Secret, out map[string]*tls.Secret) []string {
	var problems []string
	for _, name := range wanted {
		secret, exists := have[name]
		if !exists {
			problems = append(problems, fmt.Sprintf("%s wants the secret %s, which doesn't exist (yet)", by, name))
			continue
		}
		if packed := secretFor(name, secret.Data); packed != nil {
			out[name] = packed
		} else {
			problems = append(problems, fmt.Sprintf("%s wants the secret %s, which has neither tls.crt and tls.key nor ca.crt", by, name))
		}
	}
	return problems
}

// secretFor follows the agent: a certificate with its key, else an authority to check peers by.
func secretFor(name string, data map[string][]byte) *tls.Secret {
	switch {
	case len(data[corev1.TLSCertKey]) > 0 && len(data[corev1.TLSPrivateKeyKey]) > 0:
		return &tls.Secret{Name: name, Type: &tls.Secret_TlsCertificate{TlsCertificate: &tls.TlsCertificate{
			CertificateChain: inline(data[corev1.TLSCertKey]), PrivateKey: inline(data[corev1.TLSPrivateKeyKey])}}}
	case len(data["ca.crt"]) > 0:
		return &tls.Secret{Name: name, Type: &tls.Secret_ValidationContext{ValidationContext: &tls.CertificateValidationContext{
			TrustedCa: inline(data["ca.crt"])}}}
	}
	return nil
}

func inline(content []byte) *core.DataSource {
	return &core.DataSource{Specifier: &core.DataSource_InlineBytes{InlineBytes: content}}
}
