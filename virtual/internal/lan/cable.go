package lan

import (
	"fmt"
	"hash/fnv"
	"net/netip"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// addCable makes a pair of interfaces: one here on the bridge, the other as
// eth0 in the namespace at the far end, which will have the given address.
func addCable(name string, bridge netlink.Link, far *Namespace, address netip.Addr) error {
	attributes := netlink.NewLinkAttrs()
	attributes.Name = name
	attributes.MasterIndex = bridge.Attrs().Index
	cable := &netlink.Veth{
		LinkAttrs:        attributes,
		PeerName:         "eth0",
		PeerNamespace:    netlink.NsFd(far.file.Fd()),
		PeerHardwareAddr: hardware(address),
	}
	if err := netlink.LinkAdd(cable); err != nil {
		return fmt.Errorf("cable %s: %w", name, err)
	}
	return netlink.LinkSetUp(cable)
}

// carries waits until an interface passes packets: the kernel brings a new
// link up in the background and drops what is sent before, and the first
// retransmission comes only a second later.
func carries(name string) error {
	deadline := time.Now().Add(5 * time.Second)
	for {
		link, err := netlink.LinkByName(name)
		if err != nil {
			return err
		}
		if link.Attrs().OperState == netlink.OperUp {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("interface %s is still %s after 5 s", name, link.Attrs().OperState)
		}
		time.Sleep(time.Millisecond)
	}
}

// connected waits until the near end of a cable and its bridge pass packets.
func connected(cable, bridge string) error {
	if err := carries(cable); err != nil {
		return err
	}
	return carries(bridge)
}

func deleteLink(name string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	return netlink.LinkDel(link)
}

// cableName is an interface name for an id of any length: the kernel allows
// 15 characters, a pod's UID has 36.
func cableName(kind, id string) string {
	if name := kind + "-" + id; len(name) < unix.IFNAMSIZ {
		return name
	}
	hash := fnv.New64a()
	hash.Write([]byte(id))
	return fmt.Sprintf("%s-%012x", kind, hash.Sum64()&0xffffffffffff)
}
