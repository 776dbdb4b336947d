package outside

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"starbase.example/virtual/internal/plugins"
)

// release is the archive of one built plugin, as its repository publishes it.
type release struct{ program, file string }

// Publish offers the built plugins of the folder programs at the public addresses of their releases, under the versions of
// modules. The engine downloads Pulumi's own from github.com and all others through GitHub's API:
// https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/workspace/plugins.go
func (w *World) Publish(programs, modules string) error {
	var parts []string
	for _, p := range plugins.All {
		parts = append(parts, p.Part)
	}
	versions, err := readVersions(filepath.Join(modules, "versions.json"), parts...)
	if err != nil {
		return err
	}
	direct, api := http.NewServeMux(), http.NewServeMux()
	for _, mux := range []*http.ServeMux{direct, api} {
		mux.HandleFunc("/", notHere)
	}
	for _, p := range plugins.All {
		version := "v" + strings.TrimPrefix(versions[p.Part], "v")
		r := release{filepath.Join(programs, p.Program()), fmt.Sprintf("%s-%s-%s-%s.tar.gz", p.Program(), version, runtime.GOOS, runtime.GOARCH)}
		direct.Handle("/"+p.Repository()+"/releases/download/"+version+"/"+r.file, r)
		asset := "/repos/" + p.Repository() + "/releases/assets/" + r.file
		api.Handle(asset, r)
		api.HandleFunc("/repos/"+p.Repository()+"/releases/tags/"+version, func(out http.ResponseWriter, _ *http.Request) {
			out.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(out).Encode(map[string]any{ // the client is gone if it fails
				"tag_name": version,
				"assets":   []map[string]string{{"name": r.file, "url": "https://" + apiHost + asset}},
			})
		})
	}
	w.sites["github.com"], w.sites[apiHost] = direct, api
	return nil
}

const apiHost = "api.github.com"

// ServeHTTP packs the plugin anew for each download: a lab that was never asked for it keeps no second copy. The engine
// takes no archive of unknown length.
func (r release) ServeHTTP(out http.ResponseWriter, request *http.Request) {
	program, err := os.Open(r.program)
	if err != nil {
		notHere(out, request)
		return
	}
	defer program.Close()
	var archive bytes.Buffer
	if err := pack(&archive, program); err != nil {
		http.Error(out, fmt.Sprintf("%s can't be packed: %v", r.program, err), http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "application/octet-stream")
	out.Header().Set("Content-Length", strconv.Itoa(archive.Len()))
	_, _ = archive.WriteTo(out) // the client is gone if it fails
}

func pack(out io.Writer, program *os.File) error {
	info, err := program.Stat()
	if err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(packed)
	header := &tar.Header{Name: filepath.Base(program.Name()), Mode: 0o755, Size: info.Size(), ModTime: info.ModTime()}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	if _, err := io.Copy(archive, program); err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return packed.Close()
}
