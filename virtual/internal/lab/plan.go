package lab

import "net/netip"

// router is the LAN's router, where the person's laptop stands too.
var router = netip.MustParsePrefix("192.168.1.1/24")

// plan is one of the lab's own machines; the cluster kind `existing` finds them there.
type plan struct {
	name         string
	address      netip.Prefix
	controlPlane bool
}

var plans = []plan{
	{"cp1", netip.MustParsePrefix("192.168.1.11/24"), true},
	{"w1", netip.MustParsePrefix("192.168.1.21/24"), false},
	{"w2", netip.MustParsePrefix("192.168.1.22/24"), false},
}
