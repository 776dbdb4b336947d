// Package apid is the front of a machine's API: it ends TLS, reads the client's roles from its certificate, and brings each
// request to the machine it is meant for. As on Talos, the work itself is done by a second server behind it, and one
// machine's front forwards to other machines' fronts.
package apid

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	"github.com/siderolabs/grpc-proxy/proxy"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// Options says who a front is and what it stands in front of.
type Options struct {
	// TLS is asked for each new connection: certificates change with the machine config.
	TLS func() (*tls.Config, error)
	// Maintenance: clients have no certificate and may only read; requests are not routed.
	Maintenance bool
	// Local leads to the server behind the front.
	Local *grpc.ClientConn
	// Client is how this machine shows itself to others; nil on machines that forward nothing, which are the workers.
	Client func() (*tls.Config, error)
	// Dial connects to another machine.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// IsLocal says whether a name or address is this machine's own.
	IsLocal func(target string) bool
}

// Front is a running front.
type Front struct {
	server   *grpc.Server
	listener *listener
	others   *others
}

// Serve answers on a listener until Stop.
func Serve(l net.Listener, o Options) *Front {
	f := &Front{listener: &listener{Listener: l, open: map[net.Conn]bool{}}}
	if o.Client != nil {
		f.others = &others{tls: o.Client, dial: o.Dial, known: map[string]*other{}}
	}
	router := router{maintenance: o.Maintenance, local: local{o.Local}, others: f.others, isLocal: o.IsLocal}
	identify := identifier{maintenance: o.Maintenance}
	f.server = grpc.NewServer(
		grpc.Creds(credentials.NewTLS(perConnection(o.TLS))),
		grpc.ForceServerCodecV2(proxy.Codec()),
		grpc.UnknownServiceHandler(proxy.TransparentHandler(router.direct, proxy.WithStreamedDetector(isStream))),
		grpc.MaxRecvMsgSize(constants.GRPCMaxMessageSize),
		grpc.StreamInterceptor(identify.intercept),
	)
	go f.server.Serve(f.listener) // it ends with an error by Stop, and only then
	return f
}

// Stop ends the front: requests get the time given to be answered, connections are closed then.
func (f *Front) Stop(grace time.Duration) {
	force := time.AfterFunc(grace, f.server.Stop)
	defer force.Stop()
	f.server.GracefulStop()
	if f.others != nil {
		f.others.close()
	}
}

// Break resets all connections, as a network does when something in it restarts.
func (f *Front) Break() { f.listener.reset() }

// perConnection lets each handshake see the certificates of its moment.
func perConnection(current func() (*tls.Config, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS13, GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		c, err := current()
		if err != nil {
			return nil, err
		}
		c = c.Clone()
		c.NextProtos = []string{"h2"}
		return c, nil
	}}
}
