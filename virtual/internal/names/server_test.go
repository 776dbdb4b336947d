package names

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"testing"

	"github.com/miekg/dns"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
)

func TestMain(m *testing.M) { os.Exit(lantest.Main(m)) }

func TestTheServerAnswersByUDPAndTCPForWhatIsKnownAtTheMoment(t *testing.T) {
	segment, err := lan.New(netip.MustParsePrefix("192.168.1.1/24"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string][]netip.Addr{"home.starbasestudio.uk.": {atTwo}}
	server, err := Listen(segment.Namespace(), netip.MustParseAddr("192.168.1.1"), func(name string) []netip.Addr { return known[name] })
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error)
	go func() { served <- server.Serve(ctx) }()

	for _, c := range []struct {
		why, name string
		kind      uint16
		want      string
	}{
		{"a name", "home.starbasestudio.uk.", dns.TypeA, "NOERROR 192.168.1.102"},
		{"the name as the client wrote it", "Home.StarbaseStudio.uk.", dns.TypeA, "NOERROR 192.168.1.102"},
		{"a name that has no such record", "home.starbasestudio.uk.", dns.TypeAAAA, "NOERROR"},
		{"no name", "www.example.org.", dns.TypeA, "NXDOMAIN"},
	} {
		for _, network := range []string{"udp", "tcp"} {
			t.Run(c.why+" by "+network, func(t *testing.T) {
				if got := ask(t, segment, network, c.name, c.kind); got != c.want {
					t.Errorf("%s: got %s, want %s", c.name, got, c.want)
				}
			})
		}
	}
	stop()
	if err := <-served; err != nil {
		t.Errorf("the end of the server is %v", err)
	}
}

// ask says how the server answered: its code, then the addresses.
func ask(t *testing.T, segment *lan.LAN, network, name string, kind uint16) string {
	t.Helper()
	connection, err := segment.Namespace().Dial(t.Context(), network, "192.168.1.1:53")
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	question := new(dns.Msg).SetQuestion(name, kind)
	answer, _, err := new(dns.Client).ExchangeWithConn(question, &dns.Conn{Conn: connection})
	if err != nil {
		t.Fatal(err)
	}
	said := dns.RcodeToString[answer.Rcode]
	for _, record := range answer.Answer {
		if record.Header().Name != name {
			t.Errorf("the answer is about %s, not %s", record.Header().Name, name)
		}
		said += fmt.Sprintf(" %s", record.(*dns.A).A)
	}
	return said
}
