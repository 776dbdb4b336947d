package services

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"

	"starbase.example/virtual/internal/lan"
)

// dialTime is how long one backend may take to accept before the next is asked.
const dialTime = 3 * time.Second

// frontend is one listener of a node that leads to backends.
type frontend struct {
	namespace *lan.Namespace
	listener  net.Listener
	backends  backing
}

// backing says where connections lead to.
type backing interface {
	// order is that in which a new connection asks the backends.
	order() []netip.AddrPort
	// leads is told of a connection to a backend; the function it returns, of its end.
	leads(to netip.AddrPort, connection net.Conn) (ended func())
}

func open(namespace *lan.Namespace, address netip.AddrPort, backends backing) (*frontend, error) {
	listener, err := namespace.Listen("tcp", address.String())
	if err != nil {
		return nil, fmt.Errorf("listening for Services at %s: %w", address, err)
	}
	f := &frontend{namespace: namespace, listener: listener, backends: backends}
	go f.accept()
	return f, nil
}

// close ends the listener; connections that are open go on.
func (f *frontend) close() { f.listener.Close() }

func (f *frontend) accept() {
	for {
		connection, err := f.listener.Accept()
		if err != nil {
			return
		}
		go f.serve(connection.(*net.TCPConn))
	}
}

func (f *frontend) serve(client *net.TCPConn) {
	defer client.Close()
	address, backend, err := f.connect()
	if err != nil {
		// A reset, not an orderly end: nobody was there.
		_ = client.SetLinger(0)
		return
	}
	defer backend.Close()
	defer f.backends.leads(address, backend)()
	var both sync.WaitGroup
	both.Go(func() { pour(backend, client) })
	both.Go(func() { pour(client, backend) })
	both.Wait()
}

// connect asks the backends one after the other.
func (f *frontend) connect() (netip.AddrPort, *net.TCPConn, error) {
	err := errors.New("no backend")
	for _, backend := range f.backends.order() {
		var connection net.Conn
		connection, err = reach(f.namespace, backend, dialTime)
		if err == nil {
			return backend, connection.(*net.TCPConn), nil
		}
	}
	return netip.AddrPort{}, nil, err
}

func reach(namespace *lan.Namespace, address netip.AddrPort, within time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return namespace.Dial(ctx, "tcp", address.String())
}

// pour copies one direction and passes its end on; when copying fails, both directions end.
func pour(to, from *net.TCPConn) {
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
		from.Close()
		return
	}
	_ = to.CloseWrite()
}
