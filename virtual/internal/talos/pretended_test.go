package talos

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// clusters is etcd, as far as talosctl can see it: members by their cluster's id.
type clusters struct {
	mutex   sync.Mutex
	members map[string][]EtcdMember
	// drains fail with it.
	drain error
}

// pretended is a runtime without any program in it.
type pretended struct {
	clusters *clusters
	mutex    sync.Mutex
	m        Configured
	etcd     bool
	kubelet  bool
	api      *kubernetesAPI
	updates  int
	drained  int
	ending   sync.WaitGroup
	stop     context.CancelFunc
}

func (p *pretended) Start(ctx context.Context, m Configured) error {
	ctx, p.stop = context.WithCancel(ctx)
	p.mutex.Lock()
	p.m = m
	p.mutex.Unlock()
	p.ending.Go(func() {
		select {
		case <-m.Ready:
		case <-ctx.Done():
			return
		}
		p.mutex.Lock()
		p.kubelet = true
		p.mutex.Unlock()
		if m.Config.Machine().Type().IsControlPlane() {
			p.join(ctx)
		}
	})
	return nil
}

// join runs etcd once there is data, or a cluster to join.
func (p *pretended) join(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := os.Stat(p.EtcdFolder()); err == nil || p.clusters.exists(p.id()) {
			if err := p.run(); err == nil {
				return
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (p *pretended) run() error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.etcd {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(p.m.Folder, "etcd", "member"), 0o700); err != nil {
		return err
	}
	api, err := serveKubernetes(p.m)
	if err != nil {
		return err
	}
	p.etcd, p.api = true, api
	p.clusters.add(p.m)
	return nil
}

func (p *pretended) Update(_ context.Context, m Configured) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.m = m
	p.updates++
	return nil
}

func (p *pretended) Bootstrap(context.Context) error {
	if entries, err := os.ReadDir(p.EtcdFolder()); err == nil && len(entries) > 0 {
		return ErrBootstrapped
	}
	select {
	case <-p.m.Ready:
		return p.run()
	default: // join finds it
		return os.MkdirAll(filepath.Join(p.EtcdFolder(), "member"), 0o700)
	}
}

func (p *pretended) EtcdMembers(context.Context) ([]EtcdMember, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if !p.etcd {
		return nil, ErrNoEtcd
	}
	return p.clusters.list(p.id()), nil
}

func (p *pretended) EtcdLeave(context.Context) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if !p.etcd {
		return ErrNoEtcd
	}
	if len(p.clusters.list(p.id())) == 1 {
		return fmt.Errorf("etcdserver: re-configuration failed due to not enough started members")
	}
	p.clusters.remove(p.id(), number(p.m.VMID))
	p.etcd = false
	p.api.stop()
	return os.RemoveAll(p.EtcdFolder())
}

func (p *pretended) EtcdRemove(_ context.Context, id uint64) error {
	p.clusters.remove(p.id(), id)
	return nil
}

func (p *pretended) EtcdFolder() string { return filepath.Join(p.m.Folder, "etcd") }

func (p *pretended) Drain(context.Context) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.drained++
	return p.clusters.drain
}

func (p *pretended) Stop(bool) {
	p.stop()
	p.ending.Wait()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.kubelet = false
	if p.etcd {
		p.etcd = false
		p.api.stop()
	}
}

func (p *pretended) Wipe() error { return os.RemoveAll(p.EtcdFolder()) }

func (p *pretended) Services() []Service {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	all := []Service{{Name: "kubelet", State: Running, Healthy: p.kubelet}}
	if !p.m.Config.Machine().Type().IsControlPlane() {
		return all
	}
	if p.etcd {
		return append(all, Service{Name: "etcd", State: Running, Healthy: true})
	}
	return append(all, Service{Name: "etcd", State: "Preparing", Message: "waiting for bootstrap"})
}

func (p *pretended) id() string { return p.m.Config.Cluster().ID() }

func number(vmid int) uint64 { return uint64(0xabc000 + vmid) }

func (c *clusters) exists(id string) bool { return len(c.list(id)) > 0 }

func (c *clusters) list(id string) []EtcdMember {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return append([]EtcdMember{}, c.members[id]...)
}

func (c *clusters) add(m Configured) {
	id, ip := m.Config.Cluster().ID(), m.Node.Address().String()
	c.remove(id, number(m.VMID))
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.members == nil {
		c.members = map[string][]EtcdMember{}
	}
	c.members[id] = append(c.members[id], EtcdMember{ID: number(m.VMID), Hostname: m.Hostname,
		PeerURLs: []string{"https://" + ip + ":2380"}, ClientURLs: []string{"https://" + ip + ":2379"}})
}

func (c *clusters) remove(id string, member uint64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var rest []EtcdMember
	for _, m := range c.members[id] {
		if m.ID != member {
			rest = append(rest, m)
		}
	}
	if c.members != nil {
		c.members[id] = rest
	}
}
