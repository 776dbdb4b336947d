package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/vishvananda/netlink"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
	"golang.org/x/sys/unix"

	"starbase.example/virtual/internal/l2"
)

const (
	// vipTerm is how many seconds a holder that is not heard of keeps the address.
	vipTerm = 10
	device  = "eth0"
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
			if err != nil && ctx.Err() == nil && err.Error() != told {
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

// campaign waits to be elected, and then has the address for as long as etcd says so. The election's key is Talos' own.
func (c *ControlPlane) campaign(ctx context.Context) (err error) {
	client, err := c.etcdClient(loopback)
	if err != nil {
		return err
	}
	defer client.Close()
	session, err := c.session(ctx, client)
	if err != nil {
		return err
	}
	defer func() {
		// With the session ends the candidacy: the next in line need not wait for the term's end. A member that is cut off
		// can't say so, and nobody waits for it.
		farewell, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		session.Orphan()
		_, _ = client.Revoke(farewell, session.Lease())
	}()
	election := concurrency.NewElection(session, "talos:v1:vip:election:"+c.options.VIP.String())
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-session.Done():
			cancel()
		case <-waiting.Done():
		}
	}()
	if err := election.Campaign(waiting, c.options.Name); err != nil {
		return err
	}
	if err := c.takeVIP(); err != nil {
		return errors.Join(err, c.giveVIP())
	}
	c.options.Report(fmt.Sprintf("%s has %s", c.options.Name, c.options.VIP))
	select {
	case <-ctx.Done():
	case <-session.Done():
		err = errors.New("etcd was not heard of for a whole term")
	}
	c.options.Report(fmt.Sprintf("%s gives %s up", c.options.Name, c.options.VIP))
	return errors.Join(err, c.giveVIP())
}

// session waits for etcd, but not for ever: the next try may find it.
func (c *ControlPlane) session(ctx context.Context, client *clientv3.Client) (*concurrency.Session, error) {
	asked, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	lease, err := client.Grant(asked, vipTerm)
	if err != nil {
		return nil, err
	}
	return concurrency.NewSession(client, concurrency.WithLease(lease.ID), concurrency.WithContext(ctx))
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
	if errors.Is(err, unix.EADDRNOTAVAIL) || errors.As(err, new(netlink.LinkNotFoundError)) {
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
