package kubelet

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/virtual-kubelet/virtual-kubelet/node"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
)

type kubelet struct {
	Options
	// given is Options.Config, when the kubelet's own connection is another.
	given  *rest.Config
	client kubernetes.Interface
	source source
	// services are the cluster's.
	services cache.SharedIndexInformer
	events   record.EventRecorder
	// life ends with the kubelet, before its containers do: nothing more is
	// written into the API then.
	life context.Context
	// agentReady is closed when the cilium pod on this node becomes Ready for
	// the first time, network when besides that the node has its pod CIDR:
	// from then on pods can have addresses.
	agentReady, network chan struct{}
	agentOnce           sync.Once
	pods                pods
}

// Run is one node's kubelet. It blocks until ctx ends; then it stops the
// node's containers (with at most a few seconds of grace, so that they can give
// up their leases: end kubelets before the control plane) and returns nil.
// Pods and Node stay in the API, and a later Run with the same node goes on
// with them.
func Run(ctx context.Context, options Options) error {
	if err := options.check(); err != nil {
		return err
	}
	if err := run(ctx, options); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("kubelet of node %s: %w", options.name(), err)
	}
	return nil
}

func run(ctx context.Context, options Options) error {
	k := &kubelet{Options: options, agentReady: make(chan struct{}), network: make(chan struct{})}
	if options.Bootstrap != nil {
		identity, err := options.identity(ctx)
		if err != nil {
			return err
		}
		k.given, k.Config = options.Config, identity
	}
	client, err := kubernetes.NewForConfig(config(options, k.Config))
	if err != nil {
		return err
	}
	k.client, k.source = client, source{client}
	k.pods.kubelet, k.pods.workers = k, map[types.UID]*worker{}
	broadcaster := record.NewBroadcaster()
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	k.events = broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "kubelet", Host: options.name()})

	listener, err := k.listen()
	if err != nil {
		return err
	}
	server := &http.Server{Handler: k.api()}
	defer server.Close()
	status := newNodeStatus(k)
	controller, err := node.NewNodeController(status, status.object, client.CoreV1().Nodes(),
		node.WithNodeEnableLeaseV1(client.CoordinationV1().Leases(corev1.NamespaceNodeLease), node.DefaultLeaseDuration))
	if err != nil {
		return err
	}

	ctx, cancel := context.WithCancelCause(ctx)
	k.life, k.services = ctx, services(ctx, client)
	var parts sync.WaitGroup
	part := func(run func(context.Context) error) {
		parts.Go(func() {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	part(func(context.Context) error { return server.Serve(listener) })
	part(controller.Run)
	part(func(ctx context.Context) error { return k.connectPods(ctx, status) })
	part(func(ctx context.Context) error { return k.label(ctx, status.others) })
	part(k.pods.watch)
	if k.Static != nil {
		part(k.mirror)
	}
	<-ctx.Done()
	k.pods.stop()
	server.Close()
	parts.Wait()
	return context.Cause(ctx)
}

// config dials from the node, and not as slowly as clients do by default:
// a node that starts has much to say at once.
func config(options Options, who *rest.Config) *rest.Config {
	c := rest.CopyConfig(who)
	c.Dial = options.Node.Namespace().Dial
	c.QPS, c.Burst = 50, 100
	c.UserAgent = "starbase-lab kubelet " + options.name()
	return c
}
