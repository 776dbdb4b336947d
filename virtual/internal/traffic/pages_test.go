package traffic

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"slices"
	"syscall"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/types"

	"starbase.example/virtual/internal/gateways"
)

func TestEveryHostnameIsAskedOnceAndNoWildcard(t *testing.T) {
	state := gateways.State{Routes: []gateways.Route{{Hostnames: []string{"home.starbasestudio.uk", "*.starbasestudio.uk"}},
		{Hostnames: []string{"app.starbasestudio.uk", "home.starbasestudio.uk"}}, {}}}
	if got, want := hosts(state), []string{"app.starbasestudio.uk", "home.starbasestudio.uk"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAPageIsAskedAtThePortsOfItsGateway(t *testing.T) {
	platform := types.NamespacedName{Namespace: "kube-system", Name: "idp-gateway"}
	state := gateways.State{
		Gateways: []gateways.Gateway{{Name: platform, TLS: 30443}},
		Routes: []gateways.Route{{Hostnames: []string{"demo.192-168-1-21.nip.io"}, Gateways: []types.NamespacedName{platform}},
			{Hostnames: []string{"waiting.192-168-1-21.nip.io"}}},
	}
	for host, want := range map[string][2]uint16{"demo.192-168-1-21.nip.io": {0, 30443}, "waiting.192-168-1-21.nip.io": {80, 443}} {
		if plain, tls := ports(state, host); plain != want[0] || tls != want[1] {
			t.Errorf("%s: got %d and %d, want %v", host, plain, tls, want)
		}
	}
}

func TestOnlyAPortThatTheSchemeDoesNotMeanIsNamed(t *testing.T) {
	for _, c := range []struct {
		scheme string
		port   uint16
		want   string
	}{{"http", 80, "a.example"}, {"https", 443, "a.example"}, {"https", 30443, "a.example:30443"}, {"http", 443, "a.example:443"}} {
		if got := at(c.scheme, "a.example", c.port); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestWhatNobodyListensForIsNotWaitedFor(t *testing.T) {
	answered := Answer{Status: 200}
	if (Page{HTTPS: answered, tls: 30443}).waits() {
		t.Error("a page without HTTP waits for it")
	}
	if !(Page{HTTPS: answered, plain: 80, tls: 443}).waits() {
		t.Error("a page that does not answer by HTTP is not waited for")
	}
}

func TestTrafficFlowsWhenAPageAnswersAndNotJustAGateway(t *testing.T) {
	for status, flows := range map[int]bool{0: false, 200: true, 301: true, 401: true, 404: false, 500: false, 503: false} {
		if got := (Answer{Status: status}).Flows(); got != flows {
			t.Errorf("%d: flows is %t, want %t", status, got, flows)
		}
	}
}

func TestAnswersAreShownBriefly(t *testing.T) {
	wrapped := func(err error) string { return Answer{Problem: problem(fmt.Errorf("Get: %w", err))}.String() }
	for _, c := range []struct{ got, want string }{
		{Answer{Status: 301, Took: 12345 * time.Microsecond}.String(), "301 in 12 ms"},
		{wrapped(&net.DNSError{IsNotFound: true}), "no such name"},
		{wrapped(x509.UnknownAuthorityError{}), "a certificate that is not the Gateway's"},
		{wrapped(syscall.ECONNREFUSED), "connection refused"},
		{wrapped(syscall.EHOSTUNREACH), "nobody has the address"},
		{wrapped(context.DeadlineExceeded), "no answer in 5s"},
		{wrapped(net.ErrClosed), "Get: use of closed network connection"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
