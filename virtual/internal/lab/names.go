package lab

import (
	"fmt"
	"net/netip"
	"os"

	"starbase.example/virtual/internal/names"
)

// startNames makes the router the LAN's name server, and the lab's processes ask it.
func (l *Lab) startNames() error {
	router := l.hardware.Router.Addr()
	server, err := names.Listen(l.segment.Namespace(), router, func(name string) []netip.Addr {
		state, err := l.cluster.gateways()
		if err != nil {
			fmt.Fprintln(os.Stderr, "the name server:", err)
		}
		return names.Addresses(state, name)
	})
	if err != nil {
		return err
	}
	l.inBackground("the name server", l.orderly, server.Serve)
	return l.space.AskForNames(router)
}
