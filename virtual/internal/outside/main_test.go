package outside_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"

	"starbase.example/virtual/internal/lan/lantest"
	"starbase.example/virtual/internal/outside"
)

// listenProbe makes the test binary print what Listen says, and end.
const listenProbe = "STARBASE_TEST_LISTEN"

func TestMain(m *testing.M) {
	if os.Getenv(listenProbe) != "" {
		_, err := new(outside.World).Listen()
		fmt.Println(err)
		os.Exit(0)
	}
	os.Exit(lantest.Main(m))
}

// modules is the folder with the pinned modules' files; the toolchain fills it.
func modules(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("STARBASE_MODULES")
	if folder == "" {
		t.Fatal("STARBASE_MODULES has to name the folder with the pinned modules' files; ./lab test sets it")
	}
	return folder
}

// served is a world that answers until the test ends, with the pinned modules and those of more folders.
func served(t *testing.T, more ...string) *outside.World {
	t.Helper()
	world, err := outside.Open(t.TempDir(), append([]string{modules(t)}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := world.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- world.Serve(ctx, listener) }()
	t.Cleanup(func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return world
}

// client finds every name at the world's address, and trusts only those in the file ca.
func client(t *testing.T, ca string) *http.Client {
	t.Helper()
	content, err := os.ReadFile(ca)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(content) {
		t.Fatalf("no certificate in %s", ca)
	}
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, net.JoinHostPort(outside.Address, "443"))
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// get returns the answer's status and body.
func get(t *testing.T, world *outside.World, url string) (int, []byte) {
	t.Helper()
	response, err := client(t, world.CAFile()).Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, body
}
