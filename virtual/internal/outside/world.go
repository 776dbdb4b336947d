package outside

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"starbase.example/virtual/internal/outside/factory"
	"starbase.example/virtual/internal/outside/trust"
)

// World is the outside world of one lab.
type World struct {
	folder    string
	authority *trust.Authority
	sites     map[string]http.Handler
	factory   *factory.Factory
	absent    absentees
}

// Open makes the outside world of the lab whose folder is labFolder: it lives in the folder "outside" below it, which is made when
// missing. Each folder of modules holds the files of modules as somebody pinned them, the lab's own first:
//
//	versions.json                           {"cilium": …, "cert-manager": …, "gateway-api": …}
//	charts/cilium/ charts/cert-manager/     chart folders
//	gateway-api/config/crd/standard/        resource definitions
//
// An error says which file is missing or wrong.
func Open(labFolder string, modules ...string) (*World, error) {
	folder := filepath.Join(labFolder, "outside")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("the outside world needs a folder: %w", err)
	}
	authority, err := trust.Open(folder)
	if err != nil {
		return nil, err
	}
	sites, err := sitesFrom(modules)
	if err != nil {
		return nil, fmt.Errorf("the outside world has nothing to serve: %w", err)
	}
	images, err := factory.Open(filepath.Join(folder, "schematics"))
	if err != nil {
		return nil, fmt.Errorf("the image factory: %w", err)
	}
	sites[factory.Host], sites[factory.Storage] = images, images
	return &World{folder: folder, authority: authority, sites: sites, factory: images}, nil
}

// Factory makes the disk images that hosts download.
func (w *World) Factory() *factory.Factory { return w.factory }

// Authority is whom the world's certificates come from; who trusts the world trusts all that it has issued.
func (w *World) Authority() *trust.Authority { return w.authority }

// CAFile is the authority's certificate in PEM, for SSL_CERT_FILE and curl's --cacert.
func (w *World) CAFile() string { return w.authority.CertificateFile() }

// TruststoreFile is the same certificate as a PKCS#12 truststore for Java; its password is trust.Password.
func (w *World) TruststoreFile() string { return w.authority.TruststoreFile() }

// AccessLog is the file with a line for each request.
func (w *World) AccessLog() string { return filepath.Join(w.folder, "access.log") }

// Absent says what was asked for and does not exist here: "host/path" and how many times.
func (w *World) Absent() map[string]int { return w.absent.counts() }
