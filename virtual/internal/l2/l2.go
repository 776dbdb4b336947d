// Package l2 announces Services' addresses on the LAN, as the Cilium agent does: for each Service that a
// CiliumL2AnnouncementPolicy selects, the agents elect one node by a Lease, and that node answers ARP for the Service's
// addresses. It gives up when it can't renew the lease, and another node takes over when the lease is over.
package l2

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"

	"starbase.example/virtual/internal/agent/view"
	"starbase.example/virtual/internal/lan"
)

// Options say for which node addresses are announced.
type Options struct {
	Cluster *view.View
	// Client keeps the leases. It must be dialled from the node: a node that is cut off must not renew.
	Client kubernetes.Interface
	Node   *lan.Node
	Timing Timing
	// Report is told, in words for people, what is announced and what can't be.
	Report func(string)
}

// Run announces until ctx ends; then it gives its leases back.
func Run(ctx context.Context, o Options) error {
	names, err := interfaces(o.Node)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	a := &announcer{options: o, group: group, speakers: map[string]*speaker{}, candidates: map[types.NamespacedName]*candidate{}}
	for _, name := range names {
		s, err := speak(o.Node, name)
		if err != nil {
			return errors.Join(err, a.close())
		}
		a.speakers[name] = s
		group.Go(func() error { return s.answer(ctx) })
	}
	group.Go(func() error { return collect(ctx, o.Client) })
	group.Go(func() error {
		defer a.close()
		return a.follow(ctx, names)
	})
	return group.Wait()
}

// follow stands for election for what is wanted, for as long as it is.
func (a *announcer) follow(ctx context.Context, names []string) error {
	var known []string
	for {
		changed := a.options.Cluster.Changed()
		var policies []Policy
		var problems []string
		for _, object := range a.options.Cluster.Policies() {
			policy, err := ParsePolicy(object)
			if err != nil {
				problems = append(problems, err.Error())
				continue
			}
			policies = append(policies, policy)
		}
		for _, problem := range problems {
			if !slices.Contains(known, problem) {
				a.options.Report(problem)
			}
		}
		known = problems
		node := Node{Name: a.options.Node.Name(), Labels: a.options.Cluster.Labels(), Interfaces: names}
		a.set(ctx, Wanted(node, policies, a.options.Cluster.Services(), a.options.Cluster.Slices()))
		select {
		case <-ctx.Done():
			a.set(ctx, nil)
			return nil
		case <-changed:
		}
	}
}

// announcer is one node's part in all elections.
type announcer struct {
	options    Options
	group      *errgroup.Group
	speakers   map[string]*speaker
	candidates map[types.NamespacedName]*candidate
}

func (a *announcer) set(ctx context.Context, wanted map[types.NamespacedName][]Place) {
	for service, c := range a.candidates {
		if _, still := wanted[service]; !still {
			c.stop()
			delete(a.candidates, service)
		}
	}
	for service, places := range wanted {
		c, exists := a.candidates[service]
		if !exists {
			own, stop := context.WithCancel(ctx)
			c = &candidate{service: service, speakers: a.speakers, report: a.options.Report, stop: stop}
			a.candidates[service] = c
			a.group.Go(func() error {
				return stand(own, a.options.Client, a.options.Node.Name(), service, a.options.Timing, c.lead, c.lose)
			})
		}
		c.want(places)
	}
}

func (a *announcer) close() error {
	var err error
	for _, s := range a.speakers {
		err = errors.Join(err, s.close())
	}
	return err
}
