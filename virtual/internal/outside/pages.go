package outside

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"time"
)

// pages is a site that never changes: the URL's path and what is there. It is kept in memory (about 2 MB in all), so that what a lab
// serves can't change, or vanish with a cleaned cache, while it runs.
type pages map[string][]byte

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, ok := p[r.URL.Path]
	if !ok {
		notHere(w, r)
		return
	}
	w.Header().Set("Content-Type", contentType(r.URL.Path))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// contentType is what the real hosts answer: an archive for charts, plain text for everything that people may read.
func contentType(name string) string {
	if path.Ext(name) == ".tgz" {
		return "application/gzip"
	}
	return "text/plain; charset=utf-8"
}

// filesOf reads the files of a folder (not of its subfolders) as pages below the URL path prefix.
func filesOf(folder, prefix string) (pages, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	found := pages{}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return nil, err
		}
		found[prefix+entry.Name()] = content
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no file in %s", folder)
	}
	return found, nil
}
