package lab

import (
	"slices"
	"strings"
)

// Real and Simulated are the two kinds of parts.
const (
	Real      = "real"
	Simulated = "simulated"
)

// Part is a part of the lab and what stands for it.
type Part struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	// How says what that means for this part.
	How string `json:"how"`
}

// always are the parts of every lab, whatever its machines are and the stack deploys.
var always = []Part{
	{"Pulumi engine, Java host, plugins", Real, "built from their pinned modules"},
	{"etcd, API server, controller manager, scheduler", Real, "processes on each control plane"},
	{"Gateway data plane", Real, "a stock Envoy on each node, fed with what the Cilium operator wrote"},
	{"chart repositories, raw manifests", Simulated, "the pinned modules' own files, answered at their public names"},
	{"nodes: kubelet, container runtime", Simulated, "pods in namespaces of their own; images by a table"},
	{"name server of the LAN", Simulated, "on the router; answers for the Gateways and routes that the cluster has at the moment"},
	{"Services, KubePrism", Simulated, "a forwarder on each node, TCP only"},
}

// parts says what was real and what was simulated so far.
func (l *Lab) parts() []Part {
	all := append(slices.Clone(always), l.machines.kinds()...)
	for _, line := range l.played.Lines() {
		kind := Simulated
		if line.Real {
			kind = Real
		}
		all = append(all, Part{Name: short(line.Image), Kind: kind, How: line.Says})
	}
	return all
}

// short is an image's name without registry and digest.
func short(image string) string {
	image, _, _ = strings.Cut(image, "@")
	if first, rest, ok := strings.Cut(image, "/"); ok && strings.ContainsAny(first, ".:") {
		return rest
	}
	return image
}
