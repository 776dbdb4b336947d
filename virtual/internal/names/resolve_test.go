package names

import (
	"net/netip"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/types"

	"starbase.example/virtual/internal/gateways"
)

var (
	internal = types.NamespacedName{Namespace: "gateway", Name: "internal"}
	external = types.NamespacedName{Namespace: "gateway", Name: "external"}
	waiting  = types.NamespacedName{Namespace: "gateway", Name: "waiting"}
	atOne    = netip.MustParseAddr("192.168.1.101")
	atTwo    = netip.MustParseAddr("192.168.1.102")
)

var lab = gateways.State{
	Gateways: []gateways.Gateway{
		{Name: external, Addresses: []netip.Addr{atTwo}, Hostnames: []string{"*.starbasestudio.uk"}},
		{Name: internal, Addresses: []netip.Addr{atOne}, Hostnames: []string{"argocd.starbasestudio.uk", "*.internal.starbasestudio.uk"}},
		{Name: waiting, Hostnames: []string{"*.waiting.starbasestudio.uk"}},
	},
	Routes: []gateways.Route{
		{Hostnames: []string{"home.starbasestudio.uk"}, Gateways: []types.NamespacedName{external}},
		{Hostnames: []string{"moved.internal.starbasestudio.uk"}, Gateways: []types.NamespacedName{external}},
		{Hostnames: []string{"both.starbasestudio.uk"}, Gateways: []types.NamespacedName{external, internal}},
		{Hostnames: []string{"refused.internal.starbasestudio.uk"}},
		{Hostnames: []string{"*.apps.starbasestudio.uk"}, Gateways: []types.NamespacedName{external}},
		{Hostnames: []string{"one.apps.starbasestudio.uk"}, Gateways: []types.NamespacedName{internal}},
		{Hostnames: []string{"lost.starbasestudio.uk"}, Gateways: []types.NamespacedName{waiting}},
		{Gateways: []types.NamespacedName{internal, external}},
	},
}

func TestANameLeadsToTheGatewayOfItsRouteElseOfTheListenerThatMatchesBest(t *testing.T) {
	for _, c := range []struct {
		why, name string
		want      []netip.Addr
	}{
		{"a route's hostname", "home.starbasestudio.uk.", []netip.Addr{atTwo}},
		{"names have no case", "HOME.Starbasestudio.UK.", []netip.Addr{atTwo}},
		{"a route goes before a listener that matches more specifically", "moved.internal.starbasestudio.uk.", []netip.Addr{atTwo}},
		{"a route on two Gateways", "both.starbasestudio.uk.", []netip.Addr{atOne, atTwo}},
		{"a route that no Gateway accepted leaves it to the listeners", "refused.internal.starbasestudio.uk.", []netip.Addr{atOne}},
		{"a route's wildcard", "two.apps.starbasestudio.uk.", []netip.Addr{atTwo}},
		{"a wildcard stands for several labels", "x.two.apps.starbasestudio.uk.", []netip.Addr{atTwo}},
		{"an exact hostname goes before a wildcard", "one.apps.starbasestudio.uk.", []netip.Addr{atOne}},
		{"a route on a Gateway without an address leaves it to the listeners", "lost.starbasestudio.uk.", []netip.Addr{atTwo}},
		{"an exact listener goes before a wildcard", "argocd.starbasestudio.uk.", []netip.Addr{atOne}},
		{"a longer wildcard goes before a shorter one", "any.internal.starbasestudio.uk.", []netip.Addr{atOne}},
		{"a wildcard listener", "nosuch.starbasestudio.uk.", []netip.Addr{atTwo}},
		{"a wildcard stands for one label at least", "starbasestudio.uk.", nil},
		{"a wildcard begins at a dot", "notstarbasestudio.uk.", nil},
		{"a Gateway without an address", "x.waiting.starbasestudio.uk.", nil},
		{"somebody else's name", "www.example.org.", nil},
		{"the root", ".", nil},
	} {
		t.Run(c.why, func(t *testing.T) {
			if got := Addresses(lab, c.name); !slices.Equal(got, c.want) {
				t.Errorf("%s leads to %v, want %v", c.name, got, c.want)
			}
		})
	}
}
