package probes

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Dial connects from the node.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// For builds the check of a probe. Nil means that its kind (exec, gRPC) can't
// be executed here: there is no image with commands, so it counts as passed.
func For(probe corev1.Probe, container corev1.Container, podIP string, dial Dial) Check {
	switch {
	case probe.HTTPGet != nil:
		return get(*probe.HTTPGet, container, podIP, dial)
	case probe.TCPSocket != nil:
		return connect(*probe.TCPSocket, container, podIP, dial)
	}
	return nil
}

// get passes with any answer from 200 to 399, as in the kubelet; certificates
// are not checked and redirects to other hosts not followed.
func get(action corev1.HTTPGetAction, container corev1.Container, podIP string, dial Dial) Check {
	client := &http.Client{
		Transport: &http.Transport{
			DialContext:       dial,
			DisableKeepAlives: true,
			TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return func(ctx context.Context) error {
		address, err := target(action.Host, action.Port, container, podIP)
		if err != nil {
			return err
		}
		scheme := strings.ToLower(string(action.Scheme))
		if scheme == "" {
			scheme = "http"
		}
		path, err := url.Parse(action.Path)
		if err != nil {
			return err
		}
		path.Scheme, path.Host = scheme, address
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, path.String(), nil)
		if err != nil {
			return err
		}
		request.Header.Set("User-Agent", "kube-probe/virtual-lab")
		for _, header := range action.HTTPHeaders {
			request.Header.Add(header.Name, header.Value)
			if strings.EqualFold(header.Name, "Host") {
				request.Host = header.Value
			}
		}
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if response.StatusCode < 200 || response.StatusCode >= 400 {
			body, _ := io.ReadAll(io.LimitReader(response.Body, 200))
			return fmt.Errorf("%s answered %s: %s", path, response.Status, strings.TrimSpace(string(body)))
		}
		return nil
	}
}

func connect(action corev1.TCPSocketAction, container corev1.Container, podIP string, dial Dial) Check {
	return func(ctx context.Context) error {
		address, err := target(action.Host, action.Port, container, podIP)
		if err != nil {
			return err
		}
		connection, err := dial(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return connection.Close()
	}
}

// target is where a probe goes: the pod unless it names a host, and a port by number or name.
func target(host string, port intstr.IntOrString, container corev1.Container, podIP string) (string, error) {
	if host == "" {
		host = podIP
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if port.Type == intstr.Int {
		return net.JoinHostPort(host, strconv.Itoa(port.IntValue())), nil
	}
	for _, declared := range container.Ports {
		if declared.Name == port.StrVal {
			return net.JoinHostPort(host, strconv.Itoa(int(declared.ContainerPort))), nil
		}
	}
	if number, err := strconv.Atoi(port.StrVal); err == nil {
		return net.JoinHostPort(host, strconv.Itoa(number)), nil
	}
	return "", fmt.Errorf("container %s has no port named %q", container.Name, port.StrVal)
}
