package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"slices"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// ErrLast is the refusal to take the last member out of etcd.
var ErrLast = errors.New("this is the last member of etcd that has a vote: without it the cluster's data would be lost")

// Leave takes this control plane's member out of etcd, ends the control plane, and deletes the member's data. It refuses
// with ErrLast on the last member; when etcd refuses, the control plane goes on.
func (c *ControlPlane) Leave(ctx context.Context) error {
	client, err := c.etcdClient(ctx, loopback)
	if err != nil {
		return err
	}
	defer client.Close()
	own, others, err := c.voters(ctx)
	if err != nil {
		return err
	}
	if len(others) == 0 {
		return fmt.Errorf("etcd on %s can't leave: %w", c.options.Name, ErrLast)
	}
	if err := resign(ctx, client, own, others); err != nil {
		return err
	}
	// While its etcd is there, the API server can take its address out of the Service kubernetes.
	c.endAbove()
	if err := c.removeBy(ctx, others, own); err != nil {
		return errors.Join(err, c.startAbove())
	}
	c.Stop()
	return os.RemoveAll(c.options.Data())
}

// removeBy asks the others, since a member that is taken out may end before it has answered.
func (c *ControlPlane) removeBy(ctx context.Context, others []Member, id uint64) error {
	var rest []netip.Addr
	for _, m := range others {
		rest = append(rest, addresses(m.ClientURLs)...)
	}
	client, err := c.etcdClient(ctx, rest...)
	if err != nil {
		return err
	}
	defer client.Close()
	return remove(ctx, client, id)
}

// voters are this member's id and the other members that have a vote.
func (c *ControlPlane) voters(ctx context.Context) (own uint64, others []Member, err error) {
	members, err := c.Members(ctx)
	if err != nil {
		return 0, nil, err
	}
	url := peerURL(c.options.Node.Address())
	for _, m := range members {
		switch {
		case slices.Contains(m.PeerURLs, url):
			own = m.ID
		case !m.Learner:
			others = append(others, m)
		}
	}
	if own == 0 {
		return 0, nil, fmt.Errorf("etcd on %s is not a member any more", c.options.Name)
	}
	return own, others, nil
}

// resign hands the leadership over, if this member has it: otherwise the others would wait for an election's time.
func resign(ctx context.Context, client *clientv3.Client, own uint64, others []Member) error {
	ctx, cancel := context.WithTimeout(ctx, 3*askTime)
	defer cancel()
	status, err := client.Status(ctx, clientURL(loopback))
	if err != nil || status.Leader != own {
		return err
	}
	for _, other := range others {
		if _, err = client.MoveLeader(ctx, other.ID); err == nil {
			return nil
		}
	}
	return fmt.Errorf("handing over etcd's leadership: %w", err)
}
