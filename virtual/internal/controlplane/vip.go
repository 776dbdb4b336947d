package controlplane

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/vishvananda/netlink"
	"go.etcd.io/etcd/client/v3/concurrency"
	"golang.org/x/sys/unix"

	"starbase.example/virtual/internal/l2"
)

const (
	// vipTerm is how many seconds a holder that is not heard of keeps the address.
	vipTerm = 10
	// farewell is how long a candidate may take to give up what it has.
	farewell = time.Second
	device   = "eth0"
)

// candidate is this control plane's part in the election of the one that has the virtual address.
type candidate struct {
	stop context.CancelFunc
	done chan struct{}
}

// Stop gives the address up and returns when another may have it.
func (v *candidate) Stop() {
	v.stop()
	<-v.done
}

// standForVIP stands for election again and again, until it is stopped.
func (c *ControlPlane) standForVIP() *candidate {
	ctx, stop := context.WithCancel(c.whole)
	v := &candidate{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(v.done)
		told := ""
		for ctx.Err() == nil {
			err := c.campaign(ctx)
			if err != nil && !errors.Is(err, errSilent) && ctx.Err() == nil && err.Error() != told {
				told = err.Error()
				c.options.Report(fmt.Sprintf("%s stands for %s: %v", c.options.Name, c.options.VIP, err))
			}
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}()
	return v
}

// errAlone is the end of a holder whose API server is gone.
var errAlone = errors.New("its API server does not answer")

// errSilent is the end of a candidacy that nobody wanted: without a majority in etcd, or before it has a new leader.
var errSilent = errors.New("etcd was not heard of for a whole term")

// campaign waits to be elected, and then has the address for as long as etcd says so. The election's key is Talos' own.
func (c *ControlPlane) campaign(ctx context.Context) error {
	if !c.apiAnswers() {
		return nil
	}
	// What is still to be said when ctx ends must be said soon: a member that is cut off speaks to nobody.
	speaking, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(farewell, end) })()
	client, err := c.etcdClient(speaking, loopback)
	if err != nil {
		return err
	}
	defer client.Close()
	lease, err := client.Grant(ctx, vipTerm)
	if err != nil {
		return err
	}
	session, err := concurrency.NewSession(client, concurrency.WithLease(lease.ID))
	if err != nil {
		return err
	}
	// With the session ends the candidacy: the next in line need not wait for the term's end.
	defer session.Close()
	waiting, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() {
		select {
		case <-session.Done():
			stop(errSilent)
		case <-waiting.Done():
		}
	}()
	election := concurrency.NewElection(session, "talos:v1:vip:election:"+c.options.VIP.String())
	if err := election.Campaign(waiting, c.options.Name); err != nil {
		return cmp.Or(context.Cause(waiting), err)
	}
	err = c.takeVIP()
	if err == nil {
		c.options.Report(fmt.Sprintf("%s has %s", c.options.Name, c.options.VIP))
		c.serveVIP(waiting, stop)
		c.options.Report(fmt.Sprintf("%s gives %s up", c.options.Name, c.options.VIP))
		err = context.Cause(waiting)
	}
	return errors.Join(err, c.giveVIP())
}

// serveVIP returns when the address is to be given up: another control plane may serve it when this one's API server is
// gone for longer than a moment.
func (c *ControlPlane) serveVIP(ctx context.Context, stop context.CancelCauseFunc) {
	for missed := 0; missed < 3; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
		missed++
		if c.apiAnswers() {
			missed = 0
		}
	}
	stop(errAlone)
}

// apiAnswers tells whether somebody listens: the kernel accepts a connection however busy the API server is.
func (c *ControlPlane) apiAnswers() bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	connection, err := c.options.Node.Namespace().Dial(ctx, "tcp", c.Address().String())
	if err != nil {
		return false
	}
	return connection.Close() == nil
}

func (c *ControlPlane) takeVIP() error {
	err := c.onDevice(netlink.AddrReplace)
	if err != nil {
		return err
	}
	return l2.Gratuitous(c.options.Node, device, c.options.VIP)
}

// giveVIP takes the address away; that it is gone, with the whole machine perhaps, is what was wanted.
func (c *ControlPlane) giveVIP() error {
	err := c.onDevice(netlink.AddrDel)
	if errors.Is(err, unix.EADDRNOTAVAIL) || errors.Is(err, unix.EBADF) || errors.As(err, new(netlink.LinkNotFoundError)) {
		return nil
	}
	return err
}

func (c *ControlPlane) onDevice(do func(netlink.Link, *netlink.Addr) error) error {
	return c.options.Node.Namespace().Do(func() error {
		link, err := netlink.LinkByName(device)
		if err != nil {
			return err
		}
		vip := c.options.VIP
		return do(link, &netlink.Addr{IPNet: &net.IPNet{IP: vip.AsSlice(), Mask: net.CIDRMask(vip.BitLen(), vip.BitLen())}})
	})
}
