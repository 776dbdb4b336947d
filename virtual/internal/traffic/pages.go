package traffic

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/gateways"
	"starbase.example/virtual/internal/lan"
)

// Page is a hostname and how it answered. What no listener of its Gateways takes is not asked.
type Page struct {
	Host        string
	HTTP, HTTPS Answer
	plain, tls  uint16
}

const pollEvery = 250 * time.Millisecond

// Pages asks every hostname of the cluster's routes by HTTP and HTTPS, all at once, again and again until all flow or the
// deadline has passed, and returns the last answers, by hostname. It trusts the certificates that are in the cluster.
func Pages(ctx context.Context, config *rest.Config, deadline time.Duration) ([]Page, error) {
	if err := lan.Inside(); err != nil {
		return nil, err
	}
	for end := time.Now().Add(deadline); ; {
		pages, err := once(ctx, config)
		if err != nil || time.Now().After(end) || !slices.ContainsFunc(pages, Page.waits) {
			return pages, err
		}
		select {
		case <-ctx.Done():
			return pages, ctx.Err()
		case <-time.After(pollEvery):
		}
	}
}

func (p Page) waits() bool {
	return p.plain != 0 && !p.HTTP.Flows() || p.tls != 0 && !p.HTTPS.Flows()
}

func once(ctx context.Context, config *rest.Config) ([]Page, error) {
	state, certificates, err := cluster(ctx, config)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificates)
	var all sync.WaitGroup
	pages := make([]Page, 0)
	for _, host := range hosts(state) {
		plain, tls := ports(state, host)
		pages = append(pages, Page{Host: host, plain: plain, tls: tls})
	}
	for i := range pages {
		page := &pages[i]
		all.Go(func() { page.HTTP = askAt(ctx, "http", page.Host, page.plain, roots) })
		all.Go(func() { page.HTTPS = askAt(ctx, "https", page.Host, page.tls, roots) })
	}
	all.Wait()
	return pages, nil
}

// askAt asks nobody where nobody listens.
func askAt(ctx context.Context, scheme, host string, port uint16, roots *x509.CertPool) Answer {
	if port == 0 {
		return Answer{Problem: "-"}
	}
	return Ask(ctx, fmt.Sprintf("%s://%s/", scheme, at(scheme, host, port)), roots)
}

// at leaves out the port that the scheme means by itself.
func at(scheme, host string, port uint16) string {
	if scheme == "http" && port == 80 || scheme == "https" && port == 443 {
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}

// ports are those of the first Gateway that has a route for the host. A route that no Gateway has accepted yet is asked
// for where it will be.
func ports(s gateways.State, host string) (plain, tls uint16) {
	for _, route := range s.Routes {
		if !slices.Contains(route.Hostnames, host) {
			continue
		}
		for _, gateway := range s.Gateways {
			if slices.Contains(route.Gateways, gateway.Name) {
				return gateway.Plain, gateway.TLS
			}
		}
	}
	return 80, 443
}

// hosts are all hostnames of routes that can be asked, sorted: a wildcard is not a name.
func hosts(s gateways.State) []string {
	var all []string
	for _, route := range s.Routes {
		for _, hostname := range route.Hostnames {
			if !strings.HasPrefix(hostname, "*") {
				all = append(all, hostname)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Certificates are those that clients have to trust to see the pages, in PEM.
func Certificates(ctx context.Context, config *rest.Config) ([]byte, error) {
	if err := lan.Inside(); err != nil {
		return nil, err
	}
	_, certificates, err := cluster(ctx, config)
	return certificates, err
}

func cluster(ctx context.Context, config *rest.Config) (gateways.State, []byte, error) {
	typed, err := kubernetes.NewForConfig(config)
	if err != nil {
		return gateways.State{}, nil, err
	}
	untyped, err := dynamic.NewForConfig(config)
	if err != nil {
		return gateways.State{}, nil, err
	}
	state, err := gateways.Read(ctx, untyped)
	if err != nil {
		return state, nil, fmt.Errorf("reading which pages there are: %w", err)
	}
	if err := gateways.NodePorts(ctx, typed, &state); err != nil {
		return state, nil, err
	}
	certificates, err := gateways.Certificates(ctx, typed, state)
	return state, certificates, err
}
