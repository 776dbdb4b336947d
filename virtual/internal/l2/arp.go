package l2

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"

	"github.com/mdlayher/arp"
	"github.com/mdlayher/ethernet"
	"github.com/mdlayher/packet"
	"golang.org/x/sys/unix"

	"starbase.example/virtual/internal/lan"
)

// speaker answers ARP on one interface of a node for addresses that the node announces. The kernel is not asked to: it
// would have to be given the addresses, on one node only, and would keep them when the agent dies. Cilium answers in
// BPF, for the same reason.
type speaker struct {
	client    *arp.Client
	mutex     sync.Mutex
	announced map[netip.Addr]int
}

// speak begins to listen on an interface of the node.
func speak(node *lan.Node, name string) (*speaker, error) {
	s := &speaker{announced: map[netip.Addr]int{}}
	err := node.Namespace().Do(func() error {
		device, err := net.InterfaceByName(name)
		if err != nil {
			return err
		}
		socket, err := packet.Listen(device, packet.Raw, unix.ETH_P_ARP, nil)
		if err != nil {
			return err
		}
		s.client, err = arp.New(device, socket)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ARP on %s of node %s: %w", name, node.Name(), err)
	}
	return s, nil
}

// answer answers requests until ctx ends, when the speaker is closed, or the interface is down: then nobody asks.
func (s *speaker) answer(ctx context.Context) error {
	for {
		request, _, err := s.client.Read()
		switch {
		case err != nil && (ctx.Err() != nil || errors.Is(err, unix.ENETDOWN)):
			return nil
		case err != nil:
			return err
		case request.Operation != arp.OperationRequest || !s.has(request.TargetIP) || request.SenderIP == request.TargetIP:
			continue
		}
		if err := s.client.Reply(request, s.client.HardwareAddr(), request.TargetIP); err != nil {
			return err
		}
	}
}

func (s *speaker) has(address netip.Addr) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.announced[address] > 0
}

// announce answers for the address from now on, and tells everybody by a gratuitous request: neighbours that know the
// address from another node learn its new place at once. Several Services may share an address.
func (s *speaker) announce(address netip.Addr) error {
	s.mutex.Lock()
	s.announced[address]++
	s.mutex.Unlock()
	gratuitous, err := arp.NewPacket(arp.OperationRequest, s.client.HardwareAddr(), address, ethernet.Broadcast, address)
	if err != nil {
		return err
	}
	return s.client.WriteTo(gratuitous, ethernet.Broadcast)
}

func (s *speaker) withdraw(address netip.Addr) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.announced[address]--
}

func (s *speaker) close() error { return s.client.Close() }
