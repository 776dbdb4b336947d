package names

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/miekg/dns"
	"golang.org/x/sync/errgroup"

	"starbase.example/virtual/internal/lan"
)

// Server answers for A records by UDP and TCP.
type Server struct {
	datagrams net.PacketConn
	streams   net.Listener
	lookup    func(name string) []netip.Addr
}

// Listen opens port 53 of an address in a namespace. Names are looked up anew for each question.
func Listen(in *lan.Namespace, address netip.Addr, lookup func(name string) []netip.Addr) (*Server, error) {
	at := netip.AddrPortFrom(address, 53).String()
	s := &Server{lookup: lookup}
	err := in.Do(func() (err error) {
		s.datagrams, err = net.ListenPacket("udp", at)
		return err
	})
	if err == nil {
		s.streams, err = in.Listen("tcp", at)
	}
	if err != nil {
		return nil, fmt.Errorf("the name server at %s: %w", at, err)
	}
	return s, nil
}

// Serve answers until ctx ends, and closes what Listen opened.
func (s *Server) Serve(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, server := range []*dns.Server{{PacketConn: s.datagrams, Handler: s}, {Listener: s.streams, Handler: s}} {
		group.Go(server.ActivateAndServe)
	}
	group.Go(func() error {
		<-ctx.Done()
		return errors.Join(s.datagrams.Close(), s.streams.Close())
	})
	if err := group.Wait(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// ServeDNS answers one question. Records may be kept for no time: the cluster may change at any.
func (s *Server) ServeDNS(w dns.ResponseWriter, question *dns.Msg) {
	answer := new(dns.Msg)
	defer func() { _ = w.WriteMsg(answer) }() // a client that went away is no concern of ours
	if question.Opcode != dns.OpcodeQuery || len(question.Question) != 1 {
		answer.SetRcode(question, dns.RcodeNotImplemented)
		return
	}
	answer.SetReply(question)
	answer.Authoritative, answer.RecursionAvailable = true, true
	asked := question.Question[0]
	addresses := s.lookup(strings.ToLower(asked.Name))
	if len(addresses) == 0 {
		answer.Rcode = dns.RcodeNameError
	}
	for _, address := range addresses {
		if asked.Qtype == dns.TypeA && asked.Qclass == dns.ClassINET && address.Is4() {
			answer.Answer = append(answer.Answer, &dns.A{
				Hdr: dns.RR_Header{Name: asked.Name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: address.AsSlice()})
		}
	}
}
