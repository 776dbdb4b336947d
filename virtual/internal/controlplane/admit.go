package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// joinEvery is the pause between two tries to become a member.
const joinEvery = time.Second

// admit makes this control plane a member of the cluster that one of Options.Join belongs to, and waits for one to answer.
// A member with data is one already, unless its admission was interrupted.
func (c *ControlPlane) admit(ctx context.Context) (join, error) {
	o := c.options
	interrupted := o.interrupted()
	if o.HasData() && interrupted == nil {
		return join{}, nil
	}
	others := slices.DeleteFunc(slices.Concat(o.Join, interrupted), func(a netip.Addr) bool { return a == o.Node.Address() })
	if len(others) == 0 {
		return join{}, o.begin(nil)
	}
	told := ""
	for {
		j, err := c.admitBy(ctx, others)
		if err == nil {
			return j, nil
		}
		if said := err.Error(); said != told && ctx.Err() == nil {
			told = said
			o.Report(fmt.Sprintf("etcd on %s waits to become a member: %s", o.Name, said))
		}
		select {
		case <-ctx.Done():
			return join{}, fmt.Errorf("etcd on %s could not become a member: %w", o.Name, err)
		case <-time.After(joinEvery):
		}
	}
}

// admitBy goes on with the data of an interrupted admission only if that had come to its end: a member without a vote
// begins anew.
func (c *ControlPlane) admitBy(ctx context.Context, others []netip.Addr) (join, error) {
	if c.options.HasData() {
		votes, err := c.votes(ctx, others)
		if err != nil {
			return join{}, err
		}
		if votes {
			return join{}, os.Remove(c.options.joining())
		}
	}
	if err := c.options.begin(others); err != nil {
		return join{}, err
	}
	return c.add(ctx, others)
}

// votes asks the others whether this member has a vote. One alone, without a majority, knows that too.
func (c *ControlPlane) votes(ctx context.Context, others []netip.Addr) (bool, error) {
	var all error
	for _, other := range others {
		client, members, err := c.reach(ctx, other, clientv3.WithSerializable())
		if err != nil {
			all = errors.Join(all, fmt.Errorf("%s: %w", other, err))
			continue
		}
		for _, m := range members {
			if slices.Contains(m.PeerURLs, peerURL(c.options.Node.Address())) && !m.IsLearner {
				return true, client.Close()
			}
		}
		return false, client.Close()
	}
	return false, all
}

// joining is a file that says, while a member has no vote yet, whom it joins.
func (o Options) joining() string { return o.Data() + ".joining" }

// interrupted are the members that an interrupted admission was to join; none when there was none, or nothing came of it.
func (o Options) interrupted() (others []netip.Addr) {
	marked, err := os.ReadFile(o.joining())
	if err != nil || !o.HasData() {
		return nil
	}
	for _, text := range strings.Fields(string(marked)) {
		if address, err := netip.ParseAddr(text); err == nil {
			others = append(others, address)
		}
	}
	return others
}

// begin makes room for a member without data, which is to join the others, or nobody.
func (o Options) begin(others []netip.Addr) error {
	if err := errors.Join(os.RemoveAll(o.Data()), os.RemoveAll(o.joining()), os.MkdirAll(filepath.Dir(o.joining()), 0o700)); err != nil {
		return err
	}
	if len(others) == 0 {
		return nil
	}
	var marked strings.Builder
	for _, other := range others {
		fmt.Fprintln(&marked, other)
	}
	return os.WriteFile(o.joining(), []byte(marked.String()), 0o600)
}
