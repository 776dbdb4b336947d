package proxmox

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"starbase.example/virtual/internal/outside/factory"
)

// endpoint makes a host the one that the test's requests come to.
func (p *pve) endpoint(node string) { p.state.Nodes[node].Address = "127.0.0.1" }

func metadata(node, url string) (method, path, parameter string) {
	return "GET", "nodes/" + node + "/query-url-metadata", "url=" + url
}

func TestAHostThatPassesARequestOnGivesUpBeforeTheFactoryHasBuiltAnImage(t *testing.T) {
	p := newPVE(t, Options{Speed: 100})
	p.endpoint("pve1")
	f, err := factory.Open(t.TempDir())
	must(t, err)
	f.BuildsFirst(p.BuildTime)
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	image := server.URL + "/image/" + factory.Vanilla + "/v1.13.0/" + factory.DiskImage
	other := server.URL + "/image/" + factory.Vanilla + "/v1.13.1/" + factory.DiskImage

	must(t, p.Fail(Ask{Preset: "factory-builds-first"}))
	a := p.ask(metadata("pve2", image))
	same(t, []any{a.Status, a.Reason}, []any{596, "Connection timed out"})
	same(t, p.ask(metadata("pve1", other)).Status, 200)
	same(t, p.ask(metadata("pve2", other)).Status, 200)
	same(t, p.ask(metadata("pve2", image)).Status, 200)
	same(t, p.Faults()[0].Hits > 0, true)
}

func TestAHostThatAsksForAFileItselfGivesUpLater(t *testing.T) {
	p := newPVE(t, Options{})
	p.endpoint("pve1")
	silent, _ := silence(t)
	same(t, p.ask(metadata("pve1", silent)).Reason, "invalid server response: '500 read timeout'")
}

func TestAWorkerThatAsksForAFileAnswersNobodyMeanwhile(t *testing.T) {
	p := newPVE(t, Options{Speed: 1})
	p.endpoint("pve1")
	silent, speaks := silence(t)
	answers := make(chan reply, workers)
	block := func() { go func() { answers <- p.ask(metadata("pve1", silent)) }() }
	for range workers - 1 {
		block()
	}
	p.blockedWorkers(workers - 1)
	same(t, p.ask("GET", "version").Status, 200)

	block()
	p.blockedWorkers(workers)
	ctx, end := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer end()
	request, err := http.NewRequestWithContext(ctx, "GET", p.url+"/api2/json/version", nil)
	must(t, err)
	if answer, err := http.DefaultClient.Do(request); err == nil {
		answer.Body.Close()
		t.Errorf("a host without a free worker answers %s", answer.Status)
	}

	speaks()
	for range workers {
		same(t, (<-answers).Status, 200)
	}
	same(t, p.ask("GET", "version").Status, 200)
}

// silence is a server that answers nobody before it is told to.
func silence(t *testing.T) (url string, speaks func()) {
	told, speaks := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-told.Done():
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(func() { speaks(); server.Close() })
	return server.URL + "/file", speaks
}

func (p *pve) blockedWorkers(n int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for p.blocked["pve1"] != n {
		p.changed.Wait()
	}
}
