package apid

import (
	"net"
	"sync"
)

// listener knows its open connections, so that they can be broken.
type listener struct {
	net.Listener
	mutex sync.Mutex
	open  map[net.Conn]bool
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.open[c] = true
	return &connection{c, l}, nil
}

// reset closes all connections so that their other ends see "connection reset by peer".
func (l *listener) reset() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for c := range l.open {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a connection that is gone already is as good as reset
		}
		c.Close()
	}
	clear(l.open)
}

type connection struct {
	net.Conn
	of *listener
}

func (c *connection) Close() error {
	c.of.mutex.Lock()
	delete(c.of.open, c.Conn)
	c.of.mutex.Unlock()
	return c.Conn.Close()
}
