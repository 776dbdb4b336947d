package translate

import (
	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	http "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"google.golang.org/protobuf/proto"
)

// refers are the names that a resource wants from the stream. Only what is wanted is ever sent: Envoy never asks for
// more, so more could never be acknowledged.
type refers struct {
	routes, secrets []string
}

func references(resource proto.Message) refers {
	var r refers
	switch m := resource.(type) {
	case *listener.Listener:
		for _, chain := range m.FilterChains {
			r.addSecrets(chain.GetTransportSocket())
			for _, filter := range chain.Filters {
				manager := &http.HttpConnectionManager{}
				if filter.GetTypedConfig().MessageIs(manager) && filter.GetTypedConfig().UnmarshalTo(manager) == nil && manager.GetRds() != nil {
					r.routes = append(r.routes, manager.GetRds().RouteConfigName)
				}
			}
		}
	case *cluster.Cluster:
		r.addSecrets(m.GetTransportSocket())
	}
	return r
}

func (r *refers) addSecrets(socket *core.TransportSocket) {
	if socket.GetTypedConfig() == nil {
		return
	}
	context, err := socket.GetTypedConfig().UnmarshalNew()
	if err != nil {
		return
	}
	for _, config := range secretConfigs(context) {
		r.secrets = append(r.secrets, config.Name)
	}
}
