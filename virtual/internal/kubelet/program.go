package kubelet

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/kubelet/environment"
	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/sandbox"
	"starbase.example/virtual/internal/sandbox/podlog"
)

// searchPath is where a command without a slash is found; the real program is mounted there.
const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// startProgram starts the real program for a container, with all that the pod says about it.
func (w *worker) startProgram(play images.Play, c corev1.Container, log *podlog.Log) (running, error) {
	pod := w.addressed()
	base := map[string]string{
		"PATH":                          searchPath,
		"HOSTNAME":                      hostname(pod),
		"KUBERNETES_SERVICE_HOST":       w.ServiceHost,
		"KUBERNETES_SERVICE_PORT":       "443",
		"KUBERNETES_SERVICE_PORT_HTTPS": "443",
	}
	variables, err := environment.Resolver{Source: w.source, Capacity: capacity}.Resolve(w.ctx, pod, c, base)
	if err != nil {
		return nil, err
	}
	root := filepath.Join(w.RunDir, "root")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return nil, err
	}
	mounts := w.volumes.Mounts(c, variables)
	for _, mount := range mounts {
		// A subPath names a folder that needn't exist yet.
		if _, err := os.Stat(mount.Source); os.IsNotExist(err) {
			if err := os.MkdirAll(mount.Source, 0o755); err != nil {
				return nil, err
			}
		}
	}
	return sandbox.Start(sandbox.Container{
		Network: w.namespace(),
		Stdout:  log.Stream("stdout"),
		Stderr:  log.Stream("stderr"),
		View: sandbox.View{
			Root:     root,
			Hostname: hostname(pod),
			Program:  filepath.Join(w.Programs, play.Program),
			Args:     arguments(play, c, variables),
			Env:      environment.List(variables),
			Dir:      c.WorkingDir,
			Files:    w.files(pod),
			Mounts:   mounts,
		},
	})
}

// arguments are the container's command and args behind the program's path.
// The table's own arguments stand for what the image's entrypoint would say.
func arguments(play images.Play, c corev1.Container, variables map[string]string) []string {
	program, rest := play.Program, []string(nil)
	if len(c.Command) > 0 {
		program, rest = environment.Expand(c.Command[0], variables), c.Command[1:]
	}
	if !path.IsAbs(program) {
		program = "/usr/bin/" + path.Base(program)
	}
	all := append([]string{program}, play.Arguments...)
	for _, argument := range append(append([]string{}, rest...), c.Args...) {
		all = append(all, environment.Expand(argument, variables))
	}
	return all
}

// files are those that a kubelet writes into every container.
func (w *worker) files(pod *corev1.Pod) map[string]string {
	var hosts strings.Builder
	fmt.Fprintf(&hosts, "127.0.0.1 localhost\n::1 localhost\n%s %s\n", pod.Status.PodIP, hostname(pod))
	for _, alias := range pod.Spec.HostAliases {
		fmt.Fprintf(&hosts, "%s %s\n", alias.IP, strings.Join(alias.Hostnames, " "))
	}
	return map[string]string{
		"/etc/hosts": hosts.String(),
		"/etc/resolv.conf": fmt.Sprintf("search %s.svc.cluster.local svc.cluster.local cluster.local\nnameserver %s\noptions ndots:5\n",
			pod.Namespace, w.ClusterDNS),
		"/etc/passwd": "root:x:0:0:root:/:/sbin/nologin\n",
		"/etc/group":  "root:x:0:\n",
	}
}

// hostname is the node's for hostNetwork, else the pod's.
func hostname(pod *corev1.Pod) string {
	switch {
	case pod.Spec.HostNetwork:
		return pod.Spec.NodeName
	case pod.Spec.Hostname != "":
		return pod.Spec.Hostname
	}
	return pod.Name[:min(len(pod.Name), 63)]
}
