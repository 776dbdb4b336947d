// Package factory stands in for Talos' Image Factory (https://factory.talos.dev): schematics are posted to it, and a disk
// image can be had of each schematic that it knows, at any version.
//
// An image is simulated: a qcow2 header that says how large the disk is, and behind it what the image would have been
// made of. What a machine boots from it is the address that it was fetched from.
package factory

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"
)

// Host is the factory's name.
const Host = "factory.talos.dev"

// Storage is the host that has the bytes of images: a GET of the factory is redirected there, a HEAD is not.
// Source: siderolabs/image-factory, internal/frontend/http/image.go.
const Storage = "images.storage.example"

// Vanilla is the schematic without any customization, which the factory knows from the beginning.
const Vanilla = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba"

// Factory answers for the host. Schematics are kept in a folder: the factory forgets none.
type Factory struct {
	folder string
	mux    *http.ServeMux

	mutex     sync.Mutex
	buildTime func() time.Duration
	// builds are what is being built or has been, by path.
	builds map[string]chan struct{}
}

// Open makes the factory with the schematics that lie in a folder, which is made when missing.
func Open(folder string) (*Factory, error) {
	f := &Factory{folder: folder, mux: http.NewServeMux(), builds: map[string]chan struct{}{},
		buildTime: func() time.Duration { return 0 }}
	f.mux.HandleFunc("POST /schematics", f.post)
	f.mux.HandleFunc("GET /image/{schematic}/{version}/{file}", f.image)
	f.mux.HandleFunc("GET /v2/{image}/{schematic}/manifests/{version}", f.installer)
	return f, errors.Join(os.MkdirAll(folder, 0o755), f.keep(Schematic{}))
}

func (f *Factory) ServeHTTP(w http.ResponseWriter, r *http.Request) { f.mux.ServeHTTP(w, r) }

func (f *Factory) post(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	schematic, err := parse(body)
	if err != nil {
		http.Error(w, "invalid schematic: "+err.Error(), http.StatusBadRequest)
		return
	}
	if err := f.keep(schematic); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(map[string]string{"id": schematic.ID()}) // a client that went away is no concern of ours
}

// released is how versions of Talos are written.
var released = regexp.MustCompile(`^v1\.\d+\.\d+$`)

func (f *Factory) image(w http.ResponseWriter, r *http.Request) {
	id, version, file := r.PathValue("schematic"), r.PathValue("version"), r.PathValue("file")
	schematic, err := f.Schematic(id)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		http.Error(w, "schematic ID "+id+" not found", http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	case !released.MatchString(version) || file != DiskImage:
		http.Error(w, "the virtual lab's factory has no "+file+" of "+version+", only "+DiskImage+" of a release", http.StatusNotFound)
	case !f.built(r): // the client has gone
	case r.Method == http.MethodGet && r.Host != Storage:
		http.Redirect(w, r, "https://"+Storage+r.URL.Path, http.StatusFound)
	default:
		serve(w, r, schematic, version)
	}
}

// installers are the container images that machines are installed and upgraded from.
var installers = regexp.MustCompile(`^[a-z-]+-installer$`)

// installer answers that there is such an image. Simulated machines read from its name what it holds, and pull none.
func (f *Factory) installer(w http.ResponseWriter, r *http.Request) {
	if _, err := f.Schematic(r.PathValue("schematic")); err != nil ||
		!installers.MatchString(r.PathValue("image")) || !released.MatchString(r.PathValue("version")) {
		http.Error(w, "MANIFEST_UNKNOWN", http.StatusNotFound)
		return
	}
	if !f.built(r) {
		return
	}
	w.Header().Set("Content-Type", "application/vnd.oci.image.index.v1+json")
	_ = json.NewEncoder(w).Encode(map[string]any{"schemaVersion": 2}) // the client is gone if it fails
}

// Schematic is a schematic that was posted once; the error is fs.ErrNotExist if it never was.
func (f *Factory) Schematic(id string) (Schematic, error) {
	content, err := os.ReadFile(filepath.Join(f.folder, filepath.Base(id)+".yaml"))
	if err != nil {
		return Schematic{}, err
	}
	return parse(content)
}

// Extensions are those of a schematic that was posted once, as "siderolabs/qemu-guest-agent"; none of an unknown one.
func (f *Factory) Extensions(id string) []string {
	schematic, err := f.Schematic(id)
	if err != nil {
		return nil
	}
	return schematic.Customization.SystemExtensions.OfficialExtensions
}

func (f *Factory) keep(s Schematic) error {
	return os.WriteFile(filepath.Join(f.folder, s.ID()+".yaml"), s.text(), 0o644)
}
