package envoy

import (
	"cmp"
	"context"
	"net/netip"
	"slices"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"

	"starbase.example/virtual/internal/agent/view"
	"starbase.example/virtual/internal/envoy/control"
	"starbase.example/virtual/internal/envoy/translate"
)

// Feed keeps an Envoy's control plane up to date with the cluster until ctx ends, and calls fed after the first time.
// Problems go to report, each once for as long as it lasts.
func Feed(ctx context.Context, cluster *view.View, node netip.Addr, to *control.Control, report func(string), fed func()) error {
	var known []string
	for {
		changed := cluster.Changed()
		state, problems := input(cluster, node)
		wanted, further := translate.Translate(state)
		problems = append(problems, further...)
		for _, problem := range problems {
			if !slices.Contains(known, problem) {
				report(problem)
			}
		}
		known = problems
		if err := to.Publish(ctx, wanted); err != nil {
			return ended(ctx, err)
		}
		fed()
		fed = func() {}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// ended makes an end that was asked for no error.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// input sorts what the node sees by what it belongs to. Configurations that can't be read are left out and reported.
func input(cluster *view.View, node netip.Addr) (translate.Cluster, []string) {
	in := translate.Cluster{Node: node, Services: map[types.NamespacedName]*corev1.Service{},
		Slices: map[types.NamespacedName][]*discovery.EndpointSlice{}, Secrets: map[string]*corev1.Secret{}}
	var problems []string
	for _, object := range cluster.Configs() {
		config, err := translate.Parse(object)
		if err != nil {
			problems = append(problems, err.Error())
		} else if config.Nodes.Matches(labels.Set(cluster.Labels())) {
			in.Configs = append(in.Configs, config)
		}
	}
	slices.SortFunc(in.Configs, func(a, b translate.Config) int { return cmp.Compare(a.Name.String(), b.Name.String()) })
	for _, service := range cluster.Services() {
		in.Services[types.NamespacedName{Namespace: service.Namespace, Name: service.Name}] = service
	}
	for _, slice := range cluster.Slices() {
		of := types.NamespacedName{Namespace: slice.Namespace, Name: slice.Labels[discovery.LabelServiceName]}
		in.Slices[of] = append(in.Slices[of], slice)
	}
	for _, secret := range cluster.Secrets() {
		in.Secrets[secret.Namespace+"/"+secret.Name] = secret
	}
	return in, problems
}
