package talos

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/constants"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

func (l *life) discovered() (planes, workers []string) {
	for _, p := range l.peers() {
		if p.isControlPlane() {
			planes = append(planes, p.node.Address().String())
		} else {
			workers = append(workers, p.node.Address().String())
		}
	}
	return planes, workers
}

func (l *life) checks(planes, workers []string) []check {
	all := append(slices.Clone(planes), workers...)
	return []check{
		{"etcd to be healthy", func(ctx context.Context) error { return l.etcdHealthy(ctx, planes) }},
		{"etcd members to be control plane nodes", func(ctx context.Context) error { return l.membersAre(ctx, planes) }},
		{"apid to be ready", func(ctx context.Context) error { return l.answer(ctx, all) }},
		{"kube-apiserver to be ready on all control plane nodes", func(ctx context.Context) error { return l.serversReady(ctx, planes) }},
		{"all k8s nodes to report", func(ctx context.Context) error { return l.nodesReport(ctx, all) }},
	}
}

func (l *life) etcdHealthy(_ context.Context, planes []string) error {
	healthy := []string{}
	for _, p := range l.peers() {
		if runs(p.services(), "etcd") {
			healthy = append(healthy, p.node.Address().String())
		}
	}
	return missing(planes, healthy, "etcd is not running on")
}

func (l *life) membersAre(ctx context.Context, planes []string) error {
	members, err := l.runtime.EtcdMembers(ctx)
	if err != nil {
		return err
	}
	if len(members) != len(planes) {
		return fmt.Errorf("etcd has %d members, and there are %d control plane nodes", len(members), len(planes))
	}
	return nil
}

// answer shakes hands with each machine's API, as a front that forwards would.
func (l *life) answer(ctx context.Context, nodes []string) error {
	config, err := l.clientTLS()
	if err != nil {
		return err
	}
	for _, node := range nodes {
		connection, err := l.node.Namespace().Dial(ctx, "tcp", net.JoinHostPort(node, fmt.Sprint(constants.ApidPort)))
		if err != nil {
			return err
		}
		config := config.Clone()
		config.ServerName = node
		err = errors.Join(tls.Client(connection, config).HandshakeContext(ctx), connection.Close())
		if err != nil {
			return fmt.Errorf("%s: %w", node, err)
		}
	}
	return nil
}

func (l *life) serversReady(ctx context.Context, planes []string) error {
	for _, node := range planes {
		client, err := l.client("https://" + net.JoinHostPort(node, "6443"))
		if err != nil {
			return err
		}
		if err := client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error(); err != nil {
			return fmt.Errorf("%s: %w", node, err)
		}
	}
	return nil
}

func (l *life) nodesReport(ctx context.Context, nodes []string) error {
	client, err := l.client("https://" + net.JoinHostPort(l.node.Address().String(), "6443"))
	if err != nil {
		return err
	}
	list, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	var reported []string
	for _, n := range list.Items {
		for _, a := range n.Status.Addresses {
			reported = append(reported, a.Address)
		}
	}
	return missing(nodes, reported, "no Node has the address")
}

// client is an administrator of Kubernetes who dials from this machine.
func (l *life) client(host string) (*kubernetes.Clientset, error) {
	c := l.current().Cluster()
	pair, err := administrator(c)
	if err != nil {
		return nil, err
	}
	return kubernetes.NewForConfig(&rest.Config{Host: host, Dial: l.node.Namespace().Dial, Timeout: 10 * time.Second,
		TLSClientConfig: rest.TLSClientConfig{CAData: kubernetesCAs(c), CertData: pair.Crt, KeyData: pair.Key}})
}

func missing(wanted, found []string, text string) error {
	for _, w := range wanted {
		if !slices.Contains(found, w) {
			return fmt.Errorf("%s %s", text, w)
		}
	}
	return nil
}
