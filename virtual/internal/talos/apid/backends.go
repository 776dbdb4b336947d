package apid

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/siderolabs/grpc-proxy/proxy"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
)

// local is the server behind this front.
type local struct{ connection *grpc.ClientConn }

func (local) String() string { return "machined" }

func (l local) GetConnection(ctx context.Context, _ string) (context.Context, *grpc.ClientConn, error) {
	md := onwards(ctx)
	delete(md, ":authority")
	return metadata.NewOutgoingContext(ctx, md), l.connection, nil
}

func (local) AppendInfo(_ bool, answer []byte) ([]byte, error) { return answer, nil }
func (local) BuildError(bool, error) ([]byte, error)           { return nil, nil }

// others are the fronts of other machines, and of this one when it is named.
type others struct {
	tls   func() (*tls.Config, error)
	dial  func(ctx context.Context, network, address string) (net.Conn, error)
	mutex sync.Mutex
	known map[string]*other
}

// other is another machine's front.
type other struct {
	marker
	connection *grpc.ClientConn
}

func (o *others) named(target string) (proxy.Backend, error) {
	if _, err := netip.ParseAddr(target); err != nil {
		return nil, fmt.Errorf("invalid target %q: machines are named by their addresses here", target)
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if known := o.known[target]; known != nil {
		return known, nil
	}
	config, err := o.tls()
	if err != nil {
		return nil, err
	}
	// The waits are those of Talos' own front, but for the first, which would outlast a machine's start here.
	connection, err := grpc.NewClient(fmt.Sprintf("passthrough:///%s", net.JoinHostPort(target, fmt.Sprint(constants.ApidPort))),
		grpc.WithTransportCredentials(credentials.NewTLS(config)),
		grpc.WithContextDialer(func(ctx context.Context, address string) (net.Conn, error) { return o.dial(ctx, "tcp", address) }),
		grpc.WithConnectParams(grpc.ConnectParams{MinConnectTimeout: 20 * time.Second,
			Backoff: backoff.Config{BaseDelay: 200 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 2 * time.Second}}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(constants.GRPCMaxMessageSize), grpc.ForceCodecV2(proxy.Codec())))
	if err != nil {
		return nil, err
	}
	o.known[target] = &other{marker{target}, connection}
	return o.known[target], nil
}

func (o *others) close() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for _, known := range o.known {
		known.connection.Close()
	}
}

func (o *other) GetConnection(ctx context.Context, _ string) (context.Context, *grpc.ClientConn, error) {
	md := onwards(ctx)
	from := md[":authority"]
	if len(from) == 0 {
		from = []string{"unknown"}
	}
	md.Set("proxyfrom", from...)
	for _, key := range []string{":authority", "nodes", "node"} {
		delete(md, key)
	}
	return metadata.NewOutgoingContext(ctx, md), o.connection, nil
}
