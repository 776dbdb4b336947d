package controlplane

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
	"google.golang.org/grpc"

	"starbase.example/virtual/internal/process"
)

const (
	etcdPort = 2379
	peerPort = 2380
)

var loopback = netip.MustParseAddr("127.0.0.1")

func peerURL(address netip.Addr) string {
	return fmt.Sprintf("https://%s", netip.AddrPortFrom(address, peerPort))
}

func clientURL(address netip.Addr) string {
	return fmt.Sprintf("https://%s", netip.AddrPortFrom(address, etcdPort))
}

// member is etcd on this node, as its join says; the zero join is the first member of a new cluster.
func (c *ControlPlane) member(j join) process.Spec {
	o, f := c.options, c.files
	node := o.Node.Address()
	args := []string{
		"--name=" + o.Name, "--data-dir=" + o.Data(),
		"--listen-client-urls=" + clientURL(loopback) + "," + clientURL(node), "--advertise-client-urls=" + clientURL(node),
		"--listen-peer-urls=" + peerURL(node), "--initial-advertise-peer-urls=" + peerURL(node),
		"--client-cert-auth", "--trusted-ca-file=" + f.path("etcd-ca.crt"),
		"--cert-file=" + f.path("etcd.crt"), "--key-file=" + f.path("etcd.key"),
		"--peer-client-cert-auth", "--peer-trusted-ca-file=" + f.path("etcd-ca.crt"),
		"--peer-cert-file=" + f.path("etcd.crt"), "--peer-key-file=" + f.path("etcd.key"),
		"--listen-metrics-urls=http://127.0.0.1:2381",
		// A leader on a busy machine is late without any fault of its own.
		"--heartbeat-interval=500", "--election-timeout=5000",
		// The lab's disk is the person's own: killed processes lose nothing, and only a crash of the whole machine could.
		"--unsafe-no-fsync",
	}
	if j.cluster == "" {
		args = append(args, "--initial-cluster="+o.Name+"="+peerURL(node))
	} else {
		args = append(args, "--initial-cluster="+j.cluster, "--initial-cluster-state=existing")
	}
	return process.Spec{
		Name: "etcd",
		Args: args,
		Ready: func(ctx context.Context) error {
			if err := c.promote(ctx, j); err != nil {
				return err
			}
			if err := c.answers(ctx, "http://127.0.0.1:2381/readyz"); err != nil || j.id != 0 {
				return err
			}
			_, err := c.Members(ctx)
			return err
		},
		// A member of a larger cluster is ready when a majority is there, which may be on machines that still boot.
		Deadline: 15 * time.Minute,
	}
}

// etcdClient asks the members at the addresses until ctx ends, with this control plane's right to do so. It dials from the
// node.
func (c *ControlPlane) etcdClient(ctx context.Context, addresses ...netip.Addr) (*clientv3.Client, error) {
	issued, err := c.options.PKI.Etcd.Issue(Identity{Name: c.options.Name, Client: true})
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(issued.Certificate, issued.Key)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(c.options.PKI.Etcd.Certificate)
	var endpoints []string
	for _, address := range addresses {
		endpoints = append(endpoints, clientURL(address))
	}
	return clientv3.New(clientv3.Config{
		Context: ctx, Endpoints: endpoints, DialTimeout: 5 * time.Second, Logger: zap.NewNop(),
		DialKeepAliveTime: 5 * time.Second, DialKeepAliveTimeout: 5 * time.Second,
		TLS: &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: roots, MinVersion: tls.VersionTLS12},
		DialOptions: []grpc.DialOption{grpc.WithContextDialer(func(ctx context.Context, address string) (net.Conn, error) {
			return c.options.Node.Namespace().Dial(ctx, "tcp", address)
		})},
	})
}
