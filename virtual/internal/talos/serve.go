package talos

import (
	"context"
	"net"
	"time"

	cosi "github.com/cosi-project/runtime/api/v1alpha1"
	"github.com/cosi-project/runtime/pkg/state"
	stateserver "github.com/cosi-project/runtime/pkg/state/protobuf/server"
	"github.com/siderolabs/grpc-proxy/proxy"
	"github.com/siderolabs/talos/pkg/machinery/api/cluster"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/api/storage"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"starbase.example/virtual/internal/talos/apid"
)

// farewell is how long requests may take that are being answered when a machine leaves.
const farewell = time.Second

// api is the server behind the front: what Talos' machined answers.
type api struct {
	machine.UnimplementedMachineServiceServer
	cluster.UnimplementedClusterServiceServer
	storage.UnimplementedStorageServiceServer
	life *life
}

// serve starts machined and, as soon as it has a certificate, the front. The function that it returns ends both.
func (l *life) serve() (stop func(next)) {
	behind := bufconn.Listen(1 << 20)
	machined := grpc.NewServer(grpc.UnaryInterceptor(l.unary), grpc.StreamInterceptor(l.stream), grpc.MaxRecvMsgSize(constants.GRPCMaxMessageSize))
	a := api{life: l}
	machine.RegisterMachineServiceServer(machined, a)
	machine.RegisterImageServiceServer(machined, images{life: l})
	machine.RegisterLifecycleServiceServer(machined, lifecycle{life: l})
	cluster.RegisterClusterServiceServer(machined, a)
	storage.RegisterStorageServiceServer(machined, a)
	cosi.RegisterStateServer(machined, stateserver.NewState(state.WrapCore(state.Filter(l.resources.state, l.resources.access))))
	go machined.Serve(behind) // it ends with an error by Stop, and only then
	connection, err := grpc.NewClient("passthrough:///machined", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return behind.DialContext(ctx) }),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(constants.GRPCMaxMessageSize), grpc.ForceCodecV2(proxy.Codec())))
	if err != nil {
		l.machine.tell("error", "no API", err.Error())
		return func(next) { machined.Stop() }
	}
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if err := l.open(connection); err != nil && l.ctx.Err() == nil {
			l.machine.tell("error", "no API", err.Error())
		}
	}()
	return func(how next) {
		<-opened
		if l.front != nil && how == dead {
			l.front.Stop(0)
		} else if l.front != nil {
			l.front.Stop(farewell)
		}
		connection.Close()
		machined.Stop()
	}
}

// open opens the front once there is a certificate, which a worker may have to wait for.
func (l *life) open(machined *grpc.ClientConn) error {
	if !l.machine.pass(l.ctx, l.machine.fleet.faults.lateAPI(l.machine)) {
		return l.ctx.Err()
	}
	if err := l.certify(); err != nil {
		return err
	}
	listener, err := l.node.Namespace().Listen("tcp", net.JoinHostPort("", "50000"))
	if err != nil {
		return err
	}
	o := apid.Options{TLS: l.serverTLS, Maintenance: !l.configured(), Local: machined, Dial: l.node.Namespace().Dial, IsLocal: l.isLocal}
	if l.isControlPlane() {
		o.Client = l.clientTLS
	}
	l.mutex.Lock()
	l.front = apid.Serve(listener, o)
	l.mutex.Unlock()
	return nil
}

func (l *life) isLocal(target string) bool {
	return target == l.node.Address().String() || target == l.hostname()
}
