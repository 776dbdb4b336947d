package talos

import (
	"context"
	"reflect"
	"strings"
	"sync"

	"github.com/cosi-project/runtime/pkg/resource"
	"github.com/cosi-project/runtime/pkg/resource/meta"
	"github.com/cosi-project/runtime/pkg/safe"
	"github.com/cosi-project/runtime/pkg/state"
	"github.com/cosi-project/runtime/pkg/state/impl/inmem"
	"github.com/cosi-project/runtime/pkg/state/impl/namespaced"
	"github.com/cosi-project/runtime/pkg/state/registry"
	"github.com/siderolabs/talos/pkg/machinery/resources/cluster"
	"github.com/siderolabs/talos/pkg/machinery/resources/config"
	"github.com/siderolabs/talos/pkg/machinery/resources/k8s"
	"github.com/siderolabs/talos/pkg/machinery/resources/network"
	"github.com/siderolabs/talos/pkg/machinery/resources/runtime"
	"github.com/siderolabs/talos/pkg/machinery/resources/time"
	"github.com/siderolabs/talos/pkg/machinery/resources/v1alpha1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// resources are what `talosctl get` shows of a life.
type resources struct {
	state state.State
	mutex sync.Mutex
}

// kinds are all types of resources that there are here; talosctl finds their short names in their definitions.
var kinds = []meta.ResourceWithRD{
	&cluster.Member{}, &config.MachineConfig{}, &config.MachineType{}, &k8s.APIServerConfig{}, &k8s.ControllerManagerConfig{},
	&k8s.KubeletSpec{}, &k8s.Manifest{}, &k8s.Nodename{}, &k8s.SchedulerConfig{}, &network.AddressStatus{}, &network.HostnameStatus{},
	&network.NodeAddress{}, &runtime.ExtensionStatus{}, &runtime.MachineStatus{}, &runtime.Version{}, &time.Status{}, &v1alpha1.Service{},
}

var namespaces = []resource.Namespace{cluster.NamespaceName, config.NamespaceName, k8s.NamespaceName, k8s.ControlPlaneNamespaceName,
	network.NamespaceName, v1alpha1.NamespaceName}

func newResources() (*resources, error) {
	ctx := context.Background()
	r := &resources{state: state.WrapCore(namespaced.NewState(inmem.Build))}
	spaces, types := registry.NewNamespaceRegistry(r.state), registry.NewResourceRegistry(r.state)
	if err := spaces.RegisterDefault(ctx); err != nil {
		return nil, err
	}
	for _, n := range namespaces {
		if err := spaces.Register(ctx, n, n); err != nil {
			return nil, err
		}
	}
	if err := types.RegisterDefault(ctx); err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if err := types.Register(ctx, k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// put makes a resource, or changes it when something in it differs: watchers see each change once.
func (r *resources) put(fresh resource.Resource) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	ctx := context.Background()
	old, err := r.state.Get(ctx, fresh.Metadata())
	switch {
	case state.IsNotFoundError(err):
		_ = r.state.Create(ctx, fresh) // nobody else writes: it can't be there
	case err == nil && !reflect.DeepEqual(old.Spec(), fresh.Spec()):
		fresh.Metadata().SetVersion(old.Metadata().Version())
		_ = r.state.Update(ctx, fresh) // nobody else writes: the version is right
	}
}

// keep removes the resources of a kind that are not in a list any more.
func (r *resources) keep(kind resource.Metadata, ids map[resource.ID]bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	ctx := context.Background()
	list, err := r.state.List(ctx, kind)
	if err != nil {
		return // a kind of which there was none yet
	}
	for _, old := range list.Items {
		if !ids[old.Metadata().ID()] {
			_ = r.state.Destroy(ctx, old.Metadata()) // nobody else writes: it is there
		}
	}
}

// access is who may see what: everybody who may read at all sees what is not sensitive, and nobody writes.
func (r *resources) access(ctx context.Context, a state.Access) error {
	if !a.Verb.Readonly() {
		return status.Error(codes.PermissionDenied, "write access is not allowed")
	}
	definition, err := safe.StateGet[*meta.ResourceDefinition](ctx, r.state,
		resource.NewMetadata(meta.NamespaceName, meta.ResourceDefinitionType, strings.ToLower(a.ResourceType), resource.VersionUndefined))
	if state.IsNotFoundError(err) {
		return status.Errorf(codes.PermissionDenied, "resource type %q is not supported", a.ResourceType)
	}
	if err != nil {
		return err
	}
	if definition.TypedSpec().Sensitivity == meta.Sensitive && !isAdministrator(ctx) {
		return errNotAuthorized
	}
	return nil
}
