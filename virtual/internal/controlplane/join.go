package controlplane

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// askTime is how long etcd may take to answer.
const askTime = 5 * time.Second

// join is a member's admission to an existing cluster.
type join struct {
	// cluster is what etcd calls --initial-cluster.
	cluster string
	// id is the member's; 0 is one that needs no promotion.
	id      uint64
	members []netip.Addr
}

// add asks the others in turn, so that one that is off holds nobody up. What one that answers refuses, all would.
func (c *ControlPlane) add(ctx context.Context, others []netip.Addr) (join, error) {
	var all error
	for _, other := range others {
		client, members, err := c.reach(ctx, other)
		if err != nil {
			all = errors.Join(all, fmt.Errorf("%s: %w", other, err))
			continue
		}
		defer client.Close()
		return c.addBy(ctx, client, members)
	}
	return join{}, all
}

// reach is a client of a member that answers.
func (c *ControlPlane) reach(ctx context.Context, other netip.Addr, how ...clientv3.OpOption) (*clientv3.Client, []*etcdserverpb.Member, error) {
	client, err := c.etcdClient(ctx, other)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	list, err := client.MemberList(ctx, how...)
	if err != nil {
		return nil, nil, errors.Join(err, client.Close())
	}
	return client, list.Members, nil
}

// addBy first takes out what is left of an earlier member at this place: an admission that was interrupted, or a machine
// that lost its disk.
func (c *ControlPlane) addBy(ctx context.Context, client *clientv3.Client, members []*etcdserverpb.Member) (join, error) {
	ctx, cancel := context.WithTimeout(clientv3.WithRequireLeader(ctx), 3*askTime)
	defer cancel()
	own := peerURL(c.options.Node.Address())
	for _, m := range members {
		if m.Name == c.options.Name || slices.Contains(m.PeerURLs, own) {
			if _, err := client.MemberRemove(ctx, m.ID); err != nil && !errors.Is(err, rpctypes.ErrMemberNotFound) {
				return join{}, fmt.Errorf("taking out the earlier member %x: %w", m.ID, err)
			}
		}
	}
	added, err := client.MemberAddAsLearner(ctx, []string{own})
	if err != nil {
		return join{}, err
	}
	return c.joinOf(added.Member.ID, added.Members), nil
}

// joinOf gives members that have never started a name: etcd wants one, and compares nothing but their URLs.
func (c *ControlPlane) joinOf(id uint64, members []*etcdserverpb.Member) join {
	j := join{id: id}
	var cluster []string
	for _, m := range members {
		name := cmp.Or(m.Name, fmt.Sprintf("%x", m.ID))
		if m.ID == id {
			name = c.options.Name
		} else {
			j.members = append(j.members, addresses(m.ClientURLs)...)
		}
		for _, url := range m.PeerURLs {
			cluster = append(cluster, name+"="+url)
		}
	}
	j.cluster = strings.Join(cluster, ",")
	return j
}

// promote gives the member its vote, as soon as it has caught up with the others.
func (c *ControlPlane) promote(ctx context.Context, j join) error {
	if j.id == 0 {
		return nil
	}
	if _, err := os.Stat(c.options.joining()); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	client, err := c.etcdClient(ctx, j.members...)
	if err != nil {
		return err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	if _, err := client.MemberPromote(ctx, j.id); err != nil && !errors.Is(err, rpctypes.ErrMemberNotLearner) {
		return fmt.Errorf("the member has no vote yet: %w", err)
	}
	return os.Remove(c.options.joining())
}

func addresses(urls []string) (all []netip.Addr) {
	for _, url := range urls {
		if at, err := netip.ParseAddrPort(strings.TrimPrefix(url, "https://")); err == nil {
			all = append(all, at.Addr())
		}
	}
	return all
}
