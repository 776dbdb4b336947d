package lan

import (
	"net/netip"
	"testing"
)

func TestAFreedAddressIsTheLastToComeBack(t *testing.T) {
	p := newPool(netip.MustParsePrefix("10.244.1.0/29"))
	order := ""
	for range 3 {
		address, err := p.take()
		if err != nil {
			t.Fatal(err)
		}
		order += address.String() + " "
	}
	p.give(netip.MustParseAddr("10.244.1.2"))
	for range 3 {
		address, err := p.take()
		if err != nil {
			t.Fatal(err)
		}
		order += address.String() + " "
	}
	if want := "10.244.1.2 10.244.1.3 10.244.1.4 10.244.1.5 10.244.1.6 10.244.1.2 "; order != want {
		t.Errorf("got  %s\nwant %s", order, want)
	}
	if _, err := p.take(); err == nil || err.Error() != "pod network 10.244.1.0/29 has no free address (6 in use)" {
		t.Errorf("got %v", err)
	}
}
