// Package services makes Services reachable from a node and its pods: a small
// TCP forwarder in the node's namespace for each cluster address and node
// port, fed by Services and EndpointSlices, and KubePrism, the node's own way
// to the API servers.
//
// It stands in for the kernel's part of a CNI. Connections end here and begin
// anew, so backends see the node as their client; UDP is not forwarded.
package services

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"

	"starbase.example/virtual/internal/changes"
	"starbase.example/virtual/internal/lan"
)

// Options say for which node Services are made reachable.
type Options struct {
	// Config is who may watch Services and EndpointSlices. Its host is not asked:
	// the way to the cluster is KubePrism's.
	Config *rest.Config
	Node   *lan.Node
	// APIServers are where KubePrism leads to before it knows the cluster: its endpoint. The endpoints of the Service
	// kubernetes follow them as soon as they are known; what doesn't answer is left out.
	APIServers []netip.AddrPort
	// Network is the cluster's network of Services: connecting to an address of
	// it that no Service has is refused at once, instead of leaving for the LAN.
	Network netip.Prefix
	// LoadBalancer says which of a Service's load balancer addresses this node
	// answers for. Nil means none: announcing addresses on the LAN is the
	// agent's decision.
	LoadBalancer func(*corev1.Service) []netip.Addr
}

// Run forwards until ctx ends, and then closes everything it opened.
func Run(ctx context.Context, options Options) error {
	if err := run(ctx, options); err != nil {
		return fmt.Errorf("services of node %s: %w", options.Node.Name(), err)
	}
	return nil
}

func run(ctx context.Context, o Options) (err error) {
	table := newTable(o.Node.Namespace(), o.Network)
	defer func() { err = errors.Join(err, table.close()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	servers := newPrism(o.Node.Namespace(), o.APIServers)
	if err := table.always(kubePrism, servers); err != nil {
		return err
	}
	go servers.watch(ctx)
	if err := table.link(); err != nil {
		return err
	}
	config := rest.CopyConfig(o.Config)
	config.Host, config.Dial = KubePrism, o.Node.Namespace().Dial
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := answers(ctx, client); err != nil {
		return nil // ctx has ended before there was a cluster
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	defer factory.Shutdown()
	services, slices := factory.Core().V1().Services(), factory.Discovery().V1().EndpointSlices()
	changed := make(chan struct{}, 1)
	for _, informer := range []cache.SharedIndexInformer{services.Informer(), slices.Informer()} {
		if _, err := informer.AddEventHandler(changes.Signal(changed)); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	for {
		all, err := services.Lister().List(labels.Everything())
		if err != nil {
			return err
		}
		endpoints, err := slices.Lister().List(labels.Everything())
		if err != nil {
			return err
		}
		servers.follow(endpoints)
		if err := table.set(o.plan(all, endpoints)); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// answers waits for the API server. Informers would, too, but with pauses that grow to half a minute, and a worker may boot
// long before its cluster.
func answers(ctx context.Context, client kubernetes.Interface) error {
	return wait.PollUntilContextCancel(ctx, time.Second, true, func(ctx context.Context) (bool, error) {
		asked, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		_, err := client.CoreV1().Services(metav1.NamespaceDefault).List(asked, metav1.ListOptions{Limit: 1})
		return err == nil, nil
	})
}

func (o Options) plan(services []*corev1.Service, slices []*discoveryv1.EndpointSlice) plan {
	return planFor(o.Node.Address(), services, slices, o.LoadBalancer)
}
