package translate

import (
	"fmt"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	authz "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ext_authz/v3"
	http "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tcp "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
)

// stream is where all references are resolved: the one stream from the agent. A secret that doesn't exist (yet) holds
// up a listener for a second, not for Envoy's fifteen.
func stream() *core.ConfigSource {
	return &core.ConfigSource{ResourceApiVersion: core.ApiVersion_V3, InitialFetchTimeout: &durationpb.Duration{Seconds: 1},
		ConfigSourceSpecifier: &core.ConfigSource_Ads{Ads: &core.AggregatedConfigSource{}}}
}

// rewrite unpacks a typed configuration, lets change act on it, and packs it again.
func rewrite(packed *anypb.Any, change func(proto.Message) error) error {
	if packed == nil {
		return nil
	}
	message, err := packed.UnmarshalNew()
	if err != nil {
		return err
	}
	if err := change(message); err != nil {
		return err
	}
	return anypb.MarshalFrom(packed, message, proto.MarshalOptions{Deterministic: true})
}

func (c *Config) qualifyListener(l *listener.Listener) error {
	if l.Name == "" {
		return fmt.Errorf("it has no name")
	}
	l.Name = c.own(l.Name)
	for _, chain := range l.FilterChains {
		if err := c.qualifySecrets(chain.GetTransportSocket()); err != nil {
			return err
		}
		for _, filter := range chain.Filters {
			if err := rewrite(filter.GetTypedConfig(), c.qualifyFilter); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Config) qualifyFilter(filter proto.Message) error {
	switch f := filter.(type) {
	case *http.HttpConnectionManager:
		if rds := f.GetRds(); rds != nil {
			rds.RouteConfigName, rds.ConfigSource = c.own(rds.RouteConfigName), stream()
		}
		if inline := f.GetRouteConfig(); inline != nil {
			c.qualifyRoutes(inline)
		}
		for _, inner := range f.HttpFilters {
			if err := rewrite(inner.GetTypedConfig(), c.qualifyFilter); err != nil {
				return err
			}
		}
	case *tcp.TcpProxy:
		if single, ok := f.ClusterSpecifier.(*tcp.TcpProxy_Cluster); ok {
			single.Cluster = c.own(single.Cluster)
		}
		for _, weighted := range f.GetWeightedClusters().GetClusters() {
			weighted.Name = c.own(weighted.Name)
		}
	case *authz.ExtAuthz:
		if service := f.GetGrpcService().GetEnvoyGrpc(); service != nil {
			service.ClusterName = c.own(service.ClusterName)
		}
		if by, ok := f.GetHttpService().GetServerUri().GetHttpUpstreamType().(*core.HttpUri_Cluster); ok {
			by.Cluster = c.own(by.Cluster)
		}
	}
	return nil
}

func (c *Config) qualifyRoutes(r *route.RouteConfiguration) {
	r.Name = c.own(r.Name)
	for _, host := range r.VirtualHosts {
		for _, rule := range host.Routes {
			action := rule.GetRoute()
			if single, ok := action.GetClusterSpecifier().(*route.RouteAction_Cluster); ok {
				single.Cluster = c.own(single.Cluster)
			}
			for _, weighted := range action.GetWeightedClusters().GetClusters() {
				weighted.Name = c.own(weighted.Name)
			}
			for _, mirror := range action.GetRequestMirrorPolicies() {
				mirror.Cluster = c.own(mirror.Cluster)
			}
		}
	}
}

func (c *Config) qualifyCluster(k *cluster.Cluster) error {
	if k.Name == "" {
		return fmt.Errorf("it has no name")
	}
	if k.GetType() == cluster.Cluster_EDS {
		if k.EdsClusterConfig == nil {
			k.EdsClusterConfig = &cluster.Cluster_EdsClusterConfig{}
		}
		if k.EdsClusterConfig.ServiceName == "" {
			k.EdsClusterConfig.ServiceName = k.Name
		}
		k.EdsClusterConfig.EdsConfig = stream()
	}
	k.Name = c.own(k.Name)
	return c.qualifySecrets(k.GetTransportSocket())
}

func (c *Config) qualifySecrets(socket *core.TransportSocket) error {
	return rewrite(socket.GetTypedConfig(), func(context proto.Message) error {
		for _, secret := range secretConfigs(context) {
			secret.Name, secret.SdsConfig = c.own(secret.Name), stream()
		}
		return nil
	})
}

// secretConfigs are all references to secrets in a TLS context.
func secretConfigs(context proto.Message) []*tls.SdsSecretConfig {
	var found []*tls.SdsSecretConfig
	var common *tls.CommonTlsContext
	switch t := context.(type) {
	case *tls.DownstreamTlsContext:
		common = t.GetCommonTlsContext()
		found = append(found, t.GetSessionTicketKeysSdsSecretConfig())
	case *tls.UpstreamTlsContext:
		common = t.GetCommonTlsContext()
	}
	found = append(found, common.GetTlsCertificateSdsSecretConfigs()...)
	found = append(found, common.GetValidationContextSdsSecretConfig(), common.GetCombinedValidationContext().GetValidationContextSdsSecretConfig())
	kept := found[:0]
	for _, config := range found {
		if config != nil {
			kept = append(kept, config)
		}
	}
	return kept
}
