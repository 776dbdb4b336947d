package workload

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Echo answers HTTP on every TCP port that the container declares, with a
// page that says who answers and what was asked.
type Echo struct{}

// Play listens on all ports or fails, as a real container does whose port is taken.
func (Echo) Play(ctx context.Context, stage Stage) error {
	server := &http.Server{Handler: page(stage)}
	failed := make(chan error, len(stage.Container.Ports)+1)
	for _, port := range stage.Container.Ports {
		if port.Protocol != corev1.ProtocolTCP && port.Protocol != "" {
			continue
		}
		listener, err := stage.Network.Listen("tcp", net.JoinHostPort("", strconv.Itoa(int(port.ContainerPort))))
		if err != nil {
			server.Close()
			stage.Log.Printf("virtual lab: %v", err)
			return err
		}
		go func() { failed <- server.Serve(listener) }()
	}
	stage.Log.Printf("virtual lab: an echo page stands in for image %s", stage.Container.Image)
	stage.Ready(true)
	select {
	case <-ctx.Done():
		return server.Close()
	case err := <-failed:
		server.Close()
		return err
	}
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
