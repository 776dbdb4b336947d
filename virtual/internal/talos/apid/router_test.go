package apid

import (
	"testing"

	"github.com/siderolabs/grpc-proxy/proxy"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

const (
	version = "/machine.MachineService/Version"
	list    = "/cosi.resource.State/List"
)

func TestARequestGoesToTheMachineThatItNames(t *testing.T) {
	controlPlane := router{local: local{}, others: &others{known: map[string]*other{"192.168.1.11": {marker: marker{"192.168.1.11"}}, "192.168.1.12": {marker: marker{"192.168.1.12"}}}},
		isLocal: func(target string) bool { return target == "192.168.1.11" }}
	worker, maintenance := controlPlane, controlPlane
	worker.others, maintenance.maintenance = nil, true
	for name, c := range map[string]struct {
		router router
		method string
		md     metadata.MD
		mode   proxy.Mode
		to     []string
		code   codes.Code
	}{
		"nobody named":                        {controlPlane, version, nil, proxy.One2One, []string{"machined"}, codes.OK},
		"one of several":                      {controlPlane, version, metadata.Pairs("nodes", "192.168.1.12"), proxy.One2Many, []string{"192.168.1.12"}, codes.OK},
		"itself, by way of its front":         {controlPlane, version, metadata.Pairs("nodes", "192.168.1.11"), proxy.One2Many, []string{"192.168.1.11"}, codes.OK},
		"two":                                 {controlPlane, version, metadata.Pairs("nodes", "192.168.1.11", "nodes", "192.168.1.12"), proxy.One2Many, []string{"192.168.1.11", "192.168.1.12"}, codes.OK},
		"one, for any service":                {controlPlane, list, metadata.Pairs("node", "192.168.1.12"), proxy.One2One, []string{"192.168.1.12"}, codes.OK},
		"several, of a service for one":       {controlPlane, list, metadata.Pairs("nodes", "192.168.1.12"), proxy.One2One, nil, codes.InvalidArgument},
		"forwarded already":                   {controlPlane, version, metadata.Pairs("nodes", "192.168.1.12", "proxyfrom", "192.168.1.13"), proxy.One2One, []string{"machined"}, codes.OK},
		"a name":                              {controlPlane, version, metadata.Pairs("node", "cp2"), proxy.One2One, nil, codes.Internal},
		"in maintenance":                      {maintenance, version, metadata.Pairs("nodes", "192.168.1.12"), proxy.One2One, []string{"machined"}, codes.OK},
		"a worker itself":                     {worker, version, metadata.Pairs("nodes", "192.168.1.11"), proxy.One2One, []string{"machined"}, codes.OK},
		"another machine, asked for a worker": {worker, version, metadata.Pairs("nodes", "192.168.1.12"), proxy.One2One, nil, codes.PermissionDenied},
	} {
		mode, backends, err := c.router.direct(metadata.NewIncomingContext(t.Context(), c.md), c.method)
		if status.Code(err) != c.code {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if mode != c.mode || len(backends) != len(c.to) {
			t.Errorf("%s: %v to %v", name, mode, backends)
			continue
		}
		for i := range backends {
			if backends[i].String() != c.to[i] {
				t.Errorf("%s: %v, not %v", name, backends, c.to)
			}
		}
	}
}
