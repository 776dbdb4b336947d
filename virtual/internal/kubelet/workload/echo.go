package workload

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Echo answers HTTP with a page that says who answers and what was asked: on every TCP port that the container declares,
// that its probes ask, and, in a pod that declares none, that Services send to: a declaration is only information in
// Kubernetes, and many charts leave it out.
type Echo struct{}

// echo is one life of an Echo.
type echo struct {
	stage  Stage
	server *http.Server
	failed chan error

	mutex     sync.Mutex
	listeners map[int32]net.Listener
}

// Play listens on all declared ports or fails, as a real container does whose port is taken.
func (Echo) Play(ctx context.Context, stage Stage) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	e := &echo{stage: stage, server: &http.Server{Handler: page(stage)}, failed: make(chan error), listeners: map[int32]net.Listener{}}
	defer e.server.Close()
	for _, port := range stage.Container.Ports {
		if !IsTCP(port.Protocol) {
			continue
		}
		if err := e.listen(ctx, port.ContainerPort); err != nil {
			stage.Log.Printf("virtual lab: %v", err)
			return err
		}
	}
	asked := probed(stage.Container)
	e.listenTo(ctx, asked)
	if stage.Sought != nil {
		stage.Sought(ctx, func(ports []int32) { e.listenTo(ctx, append(slices.Clone(ports), asked...)) })
	}
	stage.Log.Printf("virtual lab: an echo page stands in for image %s", stage.Container.Image)
	stage.Ready(true)
	select {
	case <-ctx.Done():
		return e.server.Close()
	case err := <-e.failed:
		return err
	}
}

// listen serves a port.
func (e *echo) listen(ctx context.Context, port int32) error {
	listener, err := e.stage.Network.Listen("tcp", net.JoinHostPort("", strconv.Itoa(int(port))))
	if err != nil {
		return err
	}
	e.mutex.Lock()
	e.listeners[port] = listener
	e.mutex.Unlock()
	go func() {
		err := e.server.Serve(listener)
		e.mutex.Lock()
		given := e.listeners[port] != listener
		e.mutex.Unlock()
		if given {
			return // given up on purpose
		}
		select {
		case e.failed <- err:
		case <-ctx.Done():
		}
	}()
	return nil
}

// listenTo serves these ports besides the declared, and no others. One that is taken is another container's.
func (e *echo) listenTo(ctx context.Context, ports []int32) {
	e.mutex.Lock()
	for port, listener := range e.listeners {
		if !declares(e.stage.Container, port) && !slices.Contains(ports, port) {
			delete(e.listeners, port)
			listener.Close()
		}
	}
	var missing []int32
	for _, port := range ports {
		if _, exists := e.listeners[port]; !exists && !slices.Contains(missing, port) {
			missing = append(missing, port)
		}
	}
	e.mutex.Unlock()
	for _, port := range missing {
		if err := e.listen(ctx, port); err != nil {
			e.stage.Log.Printf("virtual lab: not at port %d: %v", port, err)
		}
	}
}

// DeclaresPorts says whether the container declares a TCP port.
func DeclaresPorts(container corev1.Container) bool {
	return slices.ContainsFunc(container.Ports, func(its corev1.ContainerPort) bool { return IsTCP(its.Protocol) })
}

// IsTCP says whether a port is one of TCP, which is also the default.
func IsTCP(protocol corev1.Protocol) bool { return protocol == corev1.ProtocolTCP || protocol == "" }

func declares(container corev1.Container, port int32) bool {
	return slices.ContainsFunc(container.Ports, func(its corev1.ContainerPort) bool { return its.ContainerPort == port })
}

// probed are the ports that a container's probes ask by number. Those by name are declared.
func probed(container corev1.Container) (ports []int32) {
	for _, probe := range []*corev1.Probe{container.StartupProbe, container.ReadinessProbe, container.LivenessProbe} {
		if probe == nil {
			continue
		}
		var port intstr.IntOrString
		switch {
		case probe.HTTPGet != nil:
			port = probe.HTTPGet.Port
		case probe.TCPSocket != nil:
			port = probe.TCPSocket.Port
		}
		if port.Type == intstr.Int && port.IntVal > 0 && !declares(container, port.IntVal) {
			ports = append(ports, port.IntVal)
		}
	}
	return ports
}

func page(stage Stage) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var text strings.Builder
		fmt.Fprintf(&text, "pod: %s\nnamespace: %s\nimage: %s\nnode: %s\n\n",
			stage.Pod.Name, stage.Pod.Namespace, stage.Container.Image, stage.Pod.Spec.NodeName)
		fmt.Fprintf(&text, "%s %s %s\nHost: %s\n", r.Method, r.URL, r.Proto, r.Host)
		// Write sorts by name, so equal requests give equal pages.
		_ = r.Header.Write(&text)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		// A client that went away is no concern of ours.
		_, _ = io.WriteString(w, strings.ReplaceAll(text.String(), "\r\n", "\n"))
	})
}
