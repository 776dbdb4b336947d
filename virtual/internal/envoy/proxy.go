// Package envoy is the data plane of Gateways on a node: a real Envoy in the node's network namespace, configured from
// what the Cilium operator writes.
//
//	CiliumEnvoyConfig, Services, EndpointSlices, Secrets ─► translate ─► control ─► Envoy (xDS over a socket)
//
// It is a stock Envoy and not Cilium's own build: it routes, ends TLS and balances the same, but knows no identities and
// enforces no policies.
package envoy

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"starbase.example/virtual/internal/process"
)

//go:embed bootstrap.json
var bootstrap string

// Proxy says where an Envoy runs.
type Proxy struct {
	// Node is the node's name, In its network namespace.
	Node string
	In   process.Starter
	// Program is the path of Envoy's binary.
	Program string
	// Folder holds the sockets of this node's Envoy and agent. Its path must be short: a socket's may have 107 characters.
	Folder string
	// Log collects what Envoy prints.
	Log string
}

// Socket is where the agent of the folder serves Envoy's configuration.
func Socket(folder string) string { return filepath.Join(folder, "xds.sock") }

// Run starts Envoy, calls ready when it has its first configuration, and returns when Envoy ended or ctx did. Only an end
// that nobody asked for is an error.
func (p Proxy) Run(ctx context.Context, ready func()) error {
	admin := filepath.Join(p.Folder, "admin.sock")
	config := filepath.Join(p.Folder, "bootstrap.json")
	if err := errors.Join(os.MkdirAll(p.Folder, 0o700), os.RemoveAll(admin)); err != nil {
		return err
	}
	text := strings.NewReplacer("$NODE", p.Node, "$XDS", Socket(p.Folder), "$ADMIN", admin).Replace(bootstrap)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return err
	}
	running, err := process.Start(ctx, process.Spec{
		Name: "envoy of " + p.Node, Path: p.Program, In: p.In, Log: p.Log, Deadline: 2 * time.Minute,
		// Hot restart shares memory between all Envoys of a machine; one worker serves a lab.
		Args:  []string{"-c", config, "--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"},
		Ready: func(ctx context.Context) error { return live(ctx, admin) },
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	ready()
	<-running.Done()
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("envoy of %s ended; its log is %s", p.Node, p.Log)
}

// live asks Envoy whether it has its first configuration.
func live(ctx context.Context, admin string) error {
	transport := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", admin)
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://envoy/ready", nil)
	if err != nil {
		return err
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	state, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode == http.StatusOK {
		return err
	}
	return fmt.Errorf("Envoy is %s", strings.TrimSpace(string(state)))
}
