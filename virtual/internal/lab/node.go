package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/kubelet/drain"
	"starbase.example/virtual/internal/talos"
)

// node is what one Talos machine runs for the cluster: a real control plane, a simulated kubelet, and the way to Services.
type node struct {
	*virtual
	// configured is the machine with its newest config: Update comes while kubelet and control plane read it.
	configured atomic.Pointer[talos.Configured]
	// duties are kubelet and Services; they end before base, on which etcd and the control plane stand.
	duties duties
	base   span

	mutex        sync.Mutex
	begun        bool
	controlPlane *controlplane.ControlPlane
	// static is the control plane as pods.
	static []corev1.Pod
}

func (n *node) Start(ctx context.Context, m talos.Configured) error {
	n.configured.Store(&m)
	n.base = within(ctx)
	n.duties.work = within(n.base)
	context.AfterFunc(n.orderly, n.duties.work.end)
	if n.isControlPlane() {
		if _, err := n.options(); err != nil {
			return err
		}
		go n.begin(n.base)
	}
	n.duties.run(func(ctx context.Context) error {
		if !ready(ctx, m) {
			return nil
		}
		return n.runKubelet(ctx)
	})
	n.duties.run(n.runServices)
	return nil
}

// ready waits until kubelet and etcd of a machine may start; false means that ctx ended first.
func ready(ctx context.Context, m talos.Configured) bool {
	select {
	case <-m.Ready:
		return true
	case <-ctx.Done():
		return false
	}
}

func (n *node) machine() talos.Configured { return *n.configured.Load() }

func (n *node) isControlPlane() bool { return n.machine().Config.Machine().Type().IsControlPlane() }

// Update keeps the new machine config. Kubelet and control plane take what they read of it at their next start.
func (n *node) Update(_ context.Context, m talos.Configured) error {
	n.configured.Store(&m)
	return nil
}

func (n *node) Stop(graceful bool) {
	n.duties.end()
	n.base.end()
	switch c := n.running(); {
	case c == nil:
	case graceful:
		c.Wait()
	default:
		c.Cut()
	}
	n.forget(n)
}

// Wipe empties the disk's folder: etcd's data and the kubelet's identity.
func (n *node) Wipe() error {
	return errors.Join(os.RemoveAll(n.machine().Folder), os.MkdirAll(n.machine().Folder, 0o700))
}

// Drain asks the cluster, as talosctl's own drain does.
func (n *node) Drain(ctx context.Context) error {
	admin, err := n.admin(ctx)
	if err != nil {
		return err
	}
	return drain.Node(ctx, admin, n.machine().Hostname)
}

// running is the control plane, or nil.
func (n *node) running() *controlplane.ControlPlane {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.controlPlane
}

func (n *node) Services() []talos.Service {
	all := []talos.Service{{Name: "kubelet", State: talos.Running, Healthy: n.duties.work.Err() == nil}}
	if !n.isControlPlane() {
		return all
	}
	etcd := talos.Service{Name: "etcd", State: "Preparing", Message: "waits for a bootstrap, or for its cluster to answer"}
	if n.running() != nil {
		etcd = talos.Service{Name: "etcd", State: talos.Running, Healthy: true}
	}
	return append([]talos.Service{etcd}, all...)
}

func (n *node) say(format string, words ...any) {
	fmt.Fprintf(os.Stderr, "%s: %s\n", n.machine().Node.Name(), fmt.Sprintf(format, words...))
}
