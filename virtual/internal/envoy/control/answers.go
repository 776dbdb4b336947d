package control

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/envoyproxy/go-control-plane/pkg/resource/v3"
	xds "github.com/envoyproxy/go-control-plane/pkg/server/v3"
)

// want is a version of a type that Envoy has to answer for, with the names it has to have asked for.
type want struct {
	url, version string
	names        []string
	// sent says that it is enough to have sent it.
	sent bool
}

// wants are the types whose arrival can be known: clusters and listeners are always asked for, endpoints and routes
// when there are any. Secrets are asked for by clusters and listeners that are only then ready, which Envoy doesn't tell.
func wants(r step) []want {
	var all []want
	for _, k := range kinds(r) {
		switch k.url {
		case resource.ClusterType:
			all = append(all, want{url: k.url, version: k.version, sent: r.holds})
		case resource.ListenerType:
			all = append(all, want{url: k.url, version: k.version})
		case resource.EndpointType, resource.RouteType:
			if len(k.names) > 0 {
				all = append(all, want{url: k.url, version: k.version, names: k.names})
			}
		}
	}
	return all
}

// said is what a response said, and of Envoy's answers, the last one for a type. Its names are those that Envoy had asked
// for: it has no others.
type said struct {
	version string
	names   []string
	refused string
}

// answers remembers what Envoy acknowledged. There is one stream at a time; a new one starts anew.
type answers struct {
	mutex   sync.Mutex
	changed chan struct{}
	stream  int64
	open    bool
	// sent are the responses not yet answered, by type and nonce; last and taken are the last one sent and the last one
	// answered of each type.
	sent, last, taken map[string]said
}

func newAnswers() *answers { return &answers{changed: make(chan struct{})} }

func (a *answers) callbacks() xds.Callbacks {
	return xds.CallbackFuncs{
		StreamOpenFunc: func(_ context.Context, id int64, _ string) error {
			a.update(func() {
				a.stream, a.open, a.sent, a.last, a.taken = id, true, map[string]said{}, map[string]said{}, map[string]said{}
			})
			return nil
		},
		StreamClosedFunc: func(id int64, _ *core.Node) {
			a.update(func() { a.open = a.open && a.stream != id })
		},
		StreamResponseFunc: func(_ context.Context, id int64, to *discovery.DiscoveryRequest, response *discovery.DiscoveryResponse) {
			a.update(func() {
				a.last[response.TypeUrl] = said{version: response.VersionInfo, names: to.ResourceNames}
				a.sent[response.TypeUrl+response.Nonce] = a.last[response.TypeUrl]
			})
		},
		StreamRequestFunc: func(id int64, request *discovery.DiscoveryRequest) error {
			a.update(func() { a.take(request) })
			return nil
		},
	}
}

// take notes the answer that a request is to the response whose nonce it carries. The first request on a stream carries
// none, but the version that Envoy has from an earlier stream.
func (a *answers) take(request *discovery.DiscoveryRequest) {
	if request.ResponseNonce == "" && request.VersionInfo != "" {
		a.taken[request.TypeUrl] = said{version: request.VersionInfo, names: request.ResourceNames}
	}
	key := request.TypeUrl + request.ResponseNonce
	answer, known := a.sent[key]
	if !known {
		return
	}
	delete(a.sent, key)
	if len(answer.names) == 0 {
		// The response was to a request for nothing, which gets everything. Envoy asked for more while it was under way:
		// that request came too late and is not answered, but this answer names all that Envoy took.
		answer.names = request.ResourceNames
	}
	answer.refused = request.GetErrorDetail().GetMessage()
	a.taken[request.TypeUrl] = answer
}

func (a *answers) update(change func()) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	change()
	close(a.changed)
	a.changed = make(chan struct{})
}

// state is what is still missing, what was refused, and a channel that is closed when either may have changed.
func (a *answers) state(all []want) (open bool, missing, refused []string, changed <-chan struct{}) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for _, w := range all {
		if w.sent && a.last[w.url].version == w.version {
			continue
		}
		answer, exists := a.taken[w.url]
		asked := func(name string) bool { return slices.Contains(answer.names, name) }
		if !exists || answer.version != w.version || slices.ContainsFunc(w.names, func(name string) bool { return !asked(name) }) {
			missing = append(missing, w.url[strings.LastIndex(w.url, ".")+1:])
		}
		if exists && answer.version == w.version && answer.refused != "" {
			refused = append(refused, answer.refused)
		}
	}
	return a.open, missing, refused, a.changed
}

// await returns when Envoy answered for all of it, or none is connected. The error says what was refused or is missing.
func (a *answers) await(ctx context.Context, all []want, patience time.Duration) error {
	late := time.After(patience)
	for {
		open, missing, refused, changed := a.state(all)
		if !open || len(missing) == 0 {
			return refusal(refused)
		}
		select {
		case <-changed:
		case <-late:
			return errors.Join(fmt.Errorf("Envoy did not take over %s within %s", strings.Join(missing, ", "), patience), refusal(refused))
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// connected returns when an Envoy is connected and has answered for all of it.
func (a *answers) connected(ctx context.Context, all []want) error {
	for {
		open, missing, _, changed := a.state(all)
		if open && len(missing) == 0 {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("waiting for Envoy to take over its first configuration (connected: %t, missing: %s): %w",
				open, strings.Join(missing, ", "), ctx.Err())
		}
	}
}

func refusal(messages []string) error {
	if len(messages) == 0 {
		return nil
	}
	return fmt.Errorf("Envoy refused a part of its configuration: %s", strings.Join(messages, "; "))
}
