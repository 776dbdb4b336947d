package services

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"starbase.example/virtual/internal/lan"
)

// dialTime is how long one backend may take to accept before the next is asked.
const dialTime = 3 * time.Second

// frontend is one listener of a node that leads to backends in turn.
type frontend struct {
	namespace *lan.Namespace
	listener  net.Listener
	mutex     sync.Mutex
	backends  []netip.AddrPort
	next      int
}

func open(namespace *lan.Namespace, address netip.AddrPort, backends []netip.AddrPort) (*frontend, error) {
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

// aim changes the backends for connections to come.
func (f *frontend) aim(backends []netip.AddrPort) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if !slices.Equal(f.backends, backends) {
		f.backends = backends
	}
}

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
	backend, err := f.connect()
	if err != nil {
		// A reset, not an orderly end: nobody was there.
		_ = client.SetLinger(0)
		return
	}
	defer backend.Close()
	var both sync.WaitGroup
	both.Go(func() { pour(backend, client) })
	both.Go(func() { pour(client, backend) })
	both.Wait()
}

// connect asks the backends one after the other, each connection beginning with the next.
func (f *frontend) connect() (*net.TCPConn, error) {
	err := errors.New("no backend")
	for _, backend := range f.turn() {
		ctx, cancel := context.WithTimeout(context.Background(), dialTime)
		var connection net.Conn
		connection, err = f.namespace.Dial(ctx, "tcp", backend.String())
		cancel()
		if err == nil {
			return connection.(*net.TCPConn), nil
		}
	}
	return nil, err
}

// turn is the order in which this connection asks the backends.
func (f *frontend) turn() []netip.AddrPort {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if len(f.backends) == 0 {
		return nil
	}
	start := f.next % len(f.backends)
	f.next = start + 1
	return append(slices.Clone(f.backends[start:]), f.backends[:start]...)
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
