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

	"starbase.example/virtual/internal/gateways"
)

func TestEveryHostnameIsAskedOnceAndNoWildcard(t *testing.T) {
	state := gateways.State{Routes: []gateways.Route{{Hostnames: []string{"home.starbasestudio.uk", "*.starbasestudio.uk"}},
		{Hostnames: []string{"app.starbasestudio.uk", "home.starbasestudio.uk"}}, {}}}
	if got, want := hosts(state), []string{"app.starbasestudio.uk", "home.starbasestudio.uk"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
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
