package talos

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc"

	"starbase.example/virtual/internal/talos/trustd"
)

// askAgain is the pause between a worker's questions for a certificate.
const askAgain = time.Second

// asked is the certificate that a control plane signs for a worker. It asks until one does, or the life ends.
func (l *life) asked(c config.Provider) (certificates, error) {
	security := c.Machine().Security()
	a := trustd.Asker{CAs: authorities(c), Token: security.Token(), Name: l.hostname(), Hosts: l.names(c), Addresses: l.ips(), Dial: l.node.Namespace().Dial}
	said := ""
	for {
		var failures []error
		for _, signer := range l.signers(c) {
			server, err := a.Certificate(l.ctx, signer)
			if err == nil {
				l.machine.tell("trust", "has a certificate", "from "+signer)
				return certificates{server: server, roots: rootsOf(c)}, nil
			}
			failures = append(failures, fmt.Errorf("%s: %w", signer, err))
		}
		if err := errors.Join(failures...); err != nil && err.Error() != said && l.ctx.Err() == nil {
			said = err.Error()
			l.machine.tell("trust", "waits for a certificate", said)
		}
		select {
		case <-l.ctx.Done():
			return certificates{}, l.ctx.Err()
		case <-time.After(askAgain):
		}
	}
}

// signers are where a worker asks: the cluster's endpoint, and the control planes that discovery would tell it of.
func (l *life) signers(c config.Provider) []string {
	all := []string{c.Cluster().Endpoint().Hostname()}
	for _, peer := range l.peers() {
		if address := peer.node.Address().String(); peer.isControlPlane() && !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	return slices.DeleteFunc(all, func(host string) bool { return net.ParseIP(host) == nil })
}

// signing is the control plane's side, from the moment that etcd runs.
func (l *life) signing(c config.Provider) (*grpc.Server, error) {
	l.mutex.Lock()
	certs := l.certs
	l.mutex.Unlock()
	if certs == nil {
		return nil, errNoCertificate
	}
	listener, err := l.node.Namespace().Listen("tcp", fmt.Sprintf(":%d", constants.TrustdPort))
	if err != nil {
		return nil, err
	}
	s := trustd.Signer{CA: c.Machine().Security().IssuingCA(), Token: c.Machine().Security().Token(), Certificate: certs.server,
		Signed: func(name string) { l.machine.tell("trust", "signed a certificate", "for "+name) }}
	return s.Serve(listener), nil
}

// peers are the configured machines of the same cluster that are up, this one included.
func (l *life) peers() []*life {
	own := l.current()
	return slices.DeleteFunc(l.machine.fleet.lives(), func(other *life) bool {
		c := other.current()
		return own == nil || c == nil || c.Cluster().ID() != own.Cluster().ID()
	})
}
