package talos

import (
	"time"

	"google.golang.org/grpc"
)

// look is how often a machine looks at what runs on it.
const look = time.Second

// watch follows what changes by itself: services and members become resources, and a control plane signs for workers as
// soon as it runs etcd.
func (l *life) watch() {
	var signer *grpc.Server
	defer func() {
		if signer != nil {
			signer.Stop()
		}
	}()
	for {
		services := l.services()
		l.resources.describeServices(services)
		l.resources.describeMembers(l.peers())
		if signer == nil && l.isControlPlane() && runs(services, "etcd") {
			// Without a certificate yet, or with the port still taken, the next look will do.
			signer, _ = l.signing(l.current())
		}
		select {
		case <-l.ctx.Done():
			return
		case <-time.After(look):
		}
	}
}
