// Package images says what the simulated kubelet does for each image, and
// keeps the record of what ran for real and what was simulated.
package images

import (
	"fmt"
	"path"
	"strings"
)

// Names of the in-process workloads that the table may name.
const (
	Agent = "agent"
	Echo  = "echo"
	Done  = "done"
)

// Play is how a container is played: by a real program or by a workload.
type Play struct {
	// Program is the file name of a real program; empty when simulated.
	Program string
	// Arguments go before the pod's own: they stand for the image's entrypoint.
	Arguments []string
	// Workload names the stand-in when Program is empty.
	Workload string
	// Says tells people in a few words what happens.
	Says string
}

// Real tells whether the image's own software runs.
func (p Play) Real() bool { return p.Program != "" }

// Entry is one line of the table.
type Entry struct {
	// Repository is a pattern (path.Match) for the last two elements of the
	// image's name, without registry, tag and digest: "cilium/operator*".
	Repository string
	Play       Play
}

// Table is looked through from the top; the first match counts.
type Table []Entry

// Default is the lab's table.
func Default() Table {
	return Table{
		{"cilium/operator*", Play{Program: "cilium-operator", Says: "the real Cilium operator"}},
		{"jetstack/cert-manager-controller", certManager("controller")},
		{"jetstack/cert-manager-webhook", certManager("webhook")},
		{"jetstack/cert-manager-cainjector", certManager("cainjector")},
		{"jetstack/cert-manager-startupapicheck", certManager("startupapicheck")},
		{"cilium/cilium", Play{Workload: Agent, Says: "a stand-in for the Cilium agent"}},
		{"cilium/cilium-envoy", Play{Workload: Agent, Says: "not this build: see Gateway data plane"}},
	}
}

func certManager(part string) Play {
	return Play{Program: "cert-manager", Arguments: []string{part}, Says: "the real cert-manager " + part}
}

// Find says how to play a container. Real programs and their stand-ins are
// found by image; init containers (of the agent too: they prepare a kernel that
// isn't there) and Jobs of other images succeed at once, all else answers with
// an echo page.
func (t Table) Find(image string, init, job bool) Play {
	repository := Repository(image)
	for _, entry := range t {
		matched, err := path.Match(entry.Repository, repository)
		if err == nil && matched && (entry.Play.Real() || !init) {
			return entry.Play
		}
	}
	if init || job {
		return Play{Workload: Done, Says: "success, without running"}
	}
	return Play{Workload: Echo, Says: "an echo page"}
}

// Pull downloads nothing: the lab has a stand-in for each image. For a registry below .invalid, a name that never resolves
// (RFC 2606), it fails with containerd's message, so that people can rehearse a failing pull.
func Pull(image string) error {
	registry, _, _ := strings.Cut(image, "/")
	host, _, _ := strings.Cut(registry, ":")
	if !strings.HasSuffix(host, ".invalid") {
		return nil
	}
	return fmt.Errorf("failed to pull and unpack image %q: failed to resolve reference %[1]q: dial tcp: lookup %s: no such host", image, host)
}

// Repository is the last two elements of an image's name, without tag and digest.
func Repository(image string) string {
	name, _, _ := strings.Cut(image, "@")
	if colon := strings.LastIndex(name, ":"); colon > strings.LastIndex(name, "/") {
		name = name[:colon]
	}
	elements := strings.Split(name, "/")
	return strings.Join(elements[max(0, len(elements)-2):], "/")
}
