package l2

import (
	"errors"
	"net/netip"

	"starbase.example/virtual/internal/lan"
)

// Gratuitous tells everybody on the LAN once that an address is at this node now. Answering for it is left to the kernel,
// which must have the address.
func Gratuitous(node *lan.Node, device string, address netip.Addr) error {
	s, err := speak(node, device)
	if err != nil {
		return err
	}
	return errors.Join(s.announce(address), s.close())
}
