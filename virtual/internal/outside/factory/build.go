package factory

import (
	"net/http"
	"time"
)

// BuildsFirst makes the factory build what it is asked for the first time. took says how long that takes now; while it is 0,
// the factory has everything, and forgets what it has built.
func (f *Factory) BuildsFirst(took func() time.Duration) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.buildTime = took
}

// built waits until the factory has built what the request names. A build goes on when its clients have gone; false means
// that this one has. Source: siderolabs/image-factory, internal/asset: one build for all who ask, of its own context.
func (f *Factory) built(r *http.Request) bool {
	select {
	case <-f.build(r.URL.Path):
		return true
	case <-r.Context().Done():
		return false
	}
}

// build begins a build unless there has been one; the channel is closed at its end.
func (f *Factory) build(path string) <-chan struct{} {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	takes := f.buildTime()
	if takes == 0 {
		clear(f.builds)
	}
	ready, ok := f.builds[path]
	if !ok {
		ready = make(chan struct{})
		if takes == 0 {
			close(ready)
			return ready
		}
		f.builds[path] = ready
		time.AfterFunc(takes, func() { close(ready) })
	}
	return ready
}
