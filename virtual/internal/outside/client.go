package outside

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"starbase.example/virtual/internal/outside/trust"
)

// Hosts returns the lines for /etc/hosts that lead each of the world's names to its address.
func (w *World) Hosts() []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(w.sites)) {
		lines = append(lines, fmt.Sprintf("%s %s", Address, name))
	}
	return lines
}

// Environment returns the variables ("NAME=value") by which a process trusts the world's authority: Go and OpenSSL, curl, Java.
// For Go and Java it takes the place of the machine's own authorities: inside a lab there is nobody else to trust.
func (w *World) Environment() []string {
	java := []string{
		// The launcher splits the variable at spaces, a folder's name may have some, and it knows quotes:
		// https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#using-the-jdk_java_options-launcher-environment-variable
		fmt.Sprintf(`"-Djavax.net.ssl.trustStore=%s"`, w.TruststoreFile()),
		"-Djavax.net.ssl.trustStoreType=PKCS12",
		"-Djavax.net.ssl.trustStorePassword=" + trust.Password,
	}
	return []string{
		"SSL_CERT_FILE=" + w.CAFile(),
		"CURL_CA_BUNDLE=" + w.CAFile(),
		"JDK_JAVA_OPTIONS=" + strings.Join(java, " "),
	}
}

// Client is for the lab's own parts that download, as hosts do: it trusts the world's authority and nobody else, and asks no proxy.
func (w *World) Client() (*http.Client, error) {
	certificate, err := os.ReadFile(w.CAFile())
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificate)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}, nil
}
