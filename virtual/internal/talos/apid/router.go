package apid

import (
	"context"
	"slices"
	"strings"

	"github.com/siderolabs/grpc-proxy/proxy"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// router decides where a request goes, by its metadata: "node" names one machine, "nodes" several, whose answers become one.
type router struct {
	maintenance bool
	local       proxy.Backend
	others      *others
	isLocal     func(string) bool
}

// toMany are the services that answer for several machines at once; the others are asked machine by machine.
var toMany = []string{"/machine.MachineService/", "/cluster.ClusterService/", "/inspect.InspectService/", "/storage.StorageService/", "/time.TimeService/"}

func (r router) direct(ctx context.Context, method string) (proxy.Mode, []proxy.Backend, error) {
	md, _ := metadata.FromIncomingContext(ctx)
	nodes, one := md["nodes"], md["node"]
	forwarded := len(md["proxyfrom"]) > 0
	switch {
	case r.maintenance, forwarded, len(nodes) == 0 && len(one) == 0:
		return r.here()
	case r.others == nil:
		if targets := slices.Concat(nodes, one); len(targets) == 1 && r.isLocal(targets[0]) {
			return r.here()
		}
		return proxy.One2One, nil, status.Error(codes.PermissionDenied, "no request forwarding")
	case len(nodes) > 0:
		if !slices.ContainsFunc(toMany, func(s string) bool { return strings.HasPrefix(method, s) }) {
			return proxy.One2One, nil, status.Errorf(codes.InvalidArgument, "one-2-many proxying is not supported for method %s", method)
		}
		return r.there(proxy.One2Many, nodes)
	case len(one) > 1:
		return proxy.One2One, nil, status.Error(codes.InvalidArgument, "node metadata must be single-valued")
	default:
		return r.there(proxy.One2One, one)
	}
}

func (r router) here() (proxy.Mode, []proxy.Backend, error) {
	return proxy.One2One, []proxy.Backend{r.local}, nil
}

func (r router) there(mode proxy.Mode, targets []string) (proxy.Mode, []proxy.Backend, error) {
	var all []proxy.Backend
	for _, target := range targets {
		backend, err := r.others.named(target)
		if err != nil {
			return mode, nil, status.Error(codes.Internal, err.Error())
		}
		all = append(all, backend)
	}
	return mode, all, nil
}

// streams are the methods whose answers of several machines arrive one by one.
var streams = []string{
	"/machine.MachineService/Copy", "/machine.MachineService/DiskUsage", "/machine.MachineService/Dmesg",
	"/machine.MachineService/EtcdSnapshot", "/machine.MachineService/Events", "/machine.MachineService/ImageList",
	"/machine.MachineService/Kubeconfig", "/machine.MachineService/List", "/machine.MachineService/Logs",
	"/machine.MachineService/PacketCapture", "/machine.MachineService/Read", "/cluster.ClusterService/HealthCheck",
}

func isStream(method string) bool { return slices.Contains(streams, method) }
