package controlplane

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// Member is one of etcd's.
type Member struct {
	ID uint64
	// Name is empty for a member that was added and has never started.
	Name                 string
	PeerURLs, ClientURLs []string
	// Learner says that the member has no vote yet.
	Learner bool
}

// Members lists etcd's members, as this one knows them.
func (c *ControlPlane) Members(ctx context.Context) ([]Member, error) {
	client, err := c.etcdClient(ctx, loopback)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	list, err := client.MemberList(ctx)
	if err != nil {
		return nil, fmt.Errorf("asking etcd on %s for its members: %w", c.options.Name, err)
	}
	var members []Member
	for _, m := range list.Members {
		members = append(members, Member{ID: m.ID, Name: m.Name, PeerURLs: m.PeerURLs, ClientURLs: m.ClientURLs, Learner: m.IsLearner})
	}
	return members, nil
}

// Remove takes another, dead member out of etcd.
func (c *ControlPlane) Remove(ctx context.Context, id uint64) error {
	client, err := c.etcdClient(ctx, loopback)
	if err != nil {
		return err
	}
	defer client.Close()
	return remove(ctx, client, id)
}

// remove tries again while the others have not seen each other for long enough: etcd refuses a change then.
func remove(ctx context.Context, client *clientv3.Client, id uint64) error {
	for {
		asked, cancel := context.WithTimeout(ctx, askTime)
		_, err := client.MemberRemove(asked, id)
		cancel()
		switch {
		case err == nil || errors.Is(err, rpctypes.ErrMemberNotFound):
			return nil
		case !errors.Is(err, rpctypes.ErrUnhealthy):
			return fmt.Errorf("taking member %x out of etcd: %w", id, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("taking member %x out of etcd: %w", id, err)
		case <-time.After(joinEvery):
		}
	}
}
