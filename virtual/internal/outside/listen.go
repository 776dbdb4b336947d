package outside

import (
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/vishvananda/netlink"
	"starbase.example/virtual/internal/lan"
)

// Address is where the outside world is: in the block that RFC 5737 (TEST-NET-3) keeps for examples, so that it is nobody's.
const Address = "203.0.113.10"

// Listen puts Address into the network namespace of the calling thread and listens there on port 443. The namespace has to be the
// lab's own (lan.Inside says why not). A namespace that has the address already is fine.
func (w *World) Listen() (net.Listener, error) {
	if err := lan.Inside(); err != nil {
		return nil, err
	}
	// The address lies on the loopback link: it is reachable from every namespace that routes through this one all the same, and
	// a dummy link needs a kernel module that not every machine has.
	loopback, err := netlink.LinkByName("lo")
	if err != nil {
		return nil, fmt.Errorf("the outside world's address %s: %w", Address, err)
	}
	if err := netlink.LinkSetUp(loopback); err != nil {
		return nil, fmt.Errorf("bringing up the link lo for the outside world's address %s: %w", Address, err)
	}
	address, err := netlink.ParseAddr(Address + "/32")
	if err != nil {
		return nil, err
	}
	if err := netlink.AddrAdd(loopback, address); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("the outside world's address %s on lo: %w", Address, err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(Address, "443"))
	if err != nil {
		return nil, fmt.Errorf("the outside world: %w", err)
	}
	return listener, nil
}
