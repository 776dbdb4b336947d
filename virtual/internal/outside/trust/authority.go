// Package trust holds the certificate authority of a lab's outside world.
package trust

import (
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// Authority issues the certificates of every host of the outside world.
type Authority struct {
	folder string
	pair   tls.Certificate
	mutex  sync.Mutex
	leaves map[string]*tls.Certificate
}

// Open reads the authority that lies in folder, which exists; when there is none yet, it makes one.
func Open(folder string) (*Authority, error) {
	authority := &Authority{folder: folder, leaves: map[string]*tls.Certificate{}}
	// The certificate is written last: without it, what else may lie there is an unfinished attempt.
	if _, err := os.Stat(authority.CertificateFile()); errors.Is(err, os.ErrNotExist) {
		if err := authority.create(); err != nil {
			return nil, fmt.Errorf("making the outside world's certificate authority in %s: %w", folder, err)
		}
	}
	pair, err := tls.LoadX509KeyPair(authority.CertificateFile(), authority.keyFile())
	if err != nil {
		return nil, fmt.Errorf("the outside world's certificate authority in %s can't be read (delete that folder, and a new one is made): %w",
			folder, err)
	}
	authority.pair = pair
	return authority, nil
}

// CertificateFile is the authority's certificate in PEM.
func (a *Authority) CertificateFile() string { return filepath.Join(a.folder, "ca.pem") }

// TruststoreFile is the authority's certificate as a PKCS#12 truststore with the password Password.
func (a *Authority) TruststoreFile() string { return filepath.Join(a.folder, "ca.p12") }

func (a *Authority) keyFile() string { return filepath.Join(a.folder, "ca-key.pem") }
