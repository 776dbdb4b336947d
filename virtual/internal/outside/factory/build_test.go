package factory

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestWhatIsAskedForTheFirstTimeIsBuiltOnceAlsoWhenItsClientGoes(t *testing.T) {
	f, takes, path := opened(t, t.TempDir()), time.Hour, "/image/"+Vanilla+"/v1.13.0/"+DiskImage
	f.BuildsFirst(func() time.Duration { return takes })
	gone, leave := context.WithCancel(t.Context())
	leave()
	answer := httptest.NewRecorder()
	f.ServeHTTP(answer, httptest.NewRequest("HEAD", "https://"+Host+path, nil).WithContext(gone))
	if answer.Header().Get("Content-Length") != "" {
		t.Error("an image that is not built has been answered")
	}
	if status, _ := ask(f, "HEAD", "/image/"+Vanilla+"/v1.13.0/metal-amd64.iso", ""); status != http.StatusNotFound {
		t.Errorf("what is not to be had: %d, and not at once", status)
	}

	// The build that has begun goes on, however long a new one would take.
	f.mutex.Lock()
	close(f.builds[path])
	f.mutex.Unlock()
	if status, _ := ask(f, "HEAD", path, ""); status != http.StatusOK {
		t.Errorf("built: %d", status)
	}

	takes = 20 * time.Millisecond
	begun := time.Now()
	for range 2 {
		if status, _ := ask(f, "HEAD", "/v2/nocloud-installer/"+Vanilla+"/manifests/v1.13.9", ""); status != http.StatusOK {
			t.Errorf("installer: %d", status)
		}
	}
	if took := time.Since(begun); took < takes {
		t.Errorf("the installer was there after %s", took)
	}
	takes = 0
	if status, _ := fetched(f, "/image/"+Vanilla+"/v1.13.1/"+DiskImage); status != http.StatusOK || len(f.builds) != 0 {
		t.Errorf("with everything there: %d, %d builds", status, len(f.builds))
	}
}
