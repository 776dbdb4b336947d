package translate

import (
	"encoding/json"
	"fmt"
	"strings"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/anypb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

// Config is one CiliumEnvoyConfig, its resources named as Envoy knows them.
type Config struct {
	Name types.NamespacedName
	// Nodes selects the nodes it is for.
	Nodes labels.Selector
	// Redirects say which Services' traffic goes to which listener.
	Redirects []Redirect
	// Listeners have no address: they get those of the Services.
	Listeners map[string]*listener.Listener
	// Standing are listeners that bring their own address: Gateways on the host's network.
	Standing map[string]*listener.Listener
	Routes   map[string]*route.RouteConfiguration
	Clusters map[string]*cluster.Cluster
}

// Redirect sends the traffic of a Service's ports to a listener.
type Redirect struct {
	Service types.NamespacedName
	// Listener is the name as Envoy knows it; empty means the configuration's first.
	Listener string
	// Ports are the Service's; none means all.
	Ports []int32
}

// spec is the part of a CiliumEnvoyConfig (cilium.io/v2) that is used here.
type spec struct {
	NodeSelector *metav1.LabelSelector `json:"nodeSelector"`
	Services     []struct {
		Name      string  `json:"name"`
		Namespace string  `json:"namespace"`
		Listener  string  `json:"listener"`
		Ports     []int32 `json:"ports"`
	} `json:"services"`
	Resources []map[string]any `json:"resources"`
}

// Parse reads a CiliumEnvoyConfig. The error names the object and the resource.
func Parse(object *unstructured.Unstructured) (Config, error) {
	config := Config{Name: types.NamespacedName{Namespace: object.GetNamespace(), Name: object.GetName()}, Nodes: labels.Everything(),
		Listeners: map[string]*listener.Listener{}, Standing: map[string]*listener.Listener{},
		Routes: map[string]*route.RouteConfiguration{}, Clusters: map[string]*cluster.Cluster{}}
	var read struct {
		Spec spec `json:"spec"`
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &read); err != nil {
		return config, fmt.Errorf("CiliumEnvoyConfig %s: %w", config.Name, err)
	}
	if read.Spec.NodeSelector != nil {
		selector, err := metav1.LabelSelectorAsSelector(read.Spec.NodeSelector)
		if err != nil {
			return config, fmt.Errorf("CiliumEnvoyConfig %s: spec.nodeSelector: %w", config.Name, err)
		}
		config.Nodes = selector
	}
	first := ""
	for i, raw := range read.Spec.Resources {
		name, err := config.add(raw)
		if err != nil {
			return config, fmt.Errorf("CiliumEnvoyConfig %s: spec.resources[%d] (%v %v): %w", config.Name, i, raw["@type"], raw["name"], err)
		}
		if first == "" {
			first = name
		}
	}
	for _, s := range read.Spec.Services {
		redirect := Redirect{Service: types.NamespacedName{Namespace: s.Namespace, Name: s.Name}, Listener: first, Ports: s.Ports}
		if s.Listener != "" {
			redirect.Listener = config.own(s.Listener)
		}
		config.Redirects = append(config.Redirects, redirect)
	}
	return config, nil
}

// add takes one resource and returns its name if it is a listener.
func (c *Config) add(raw map[string]any) (string, error) {
	content, err := json.Marshal(withoutCilium(raw))
	if err != nil {
		return "", err
	}
	var packed anypb.Any
	if err := protojson.Unmarshal(content, &packed); err != nil {
		return "", fmt.Errorf("not understood: %w", err)
	}
	message, err := packed.UnmarshalNew()
	if err != nil {
		return "", err
	}
	switch m := message.(type) {
	case *listener.Listener:
		if err := c.qualifyListener(m); err != nil {
			return "", err
		}
		if m.GetAddress() != nil {
			c.Standing[m.Name] = m
			return "", nil
		}
		c.Listeners[m.Name] = m
		return m.Name, nil
	case *route.RouteConfiguration:
		c.qualifyRoutes(m)
		c.Routes[m.Name] = m
	case *cluster.Cluster:
		if err := c.qualifyCluster(m); err != nil {
			return "", err
		}
		c.Clusters[m.Name] = m
	default:
		return "", fmt.Errorf("only listeners, route configurations and clusters are served here")
	}
	return "", nil
}

// own is the name of one of the configuration's own resources as Envoy knows it. A name with a slash names another
// configuration's already.
func (c *Config) own(name string) string {
	if name == "" || strings.Contains(name, "/") {
		return name
	}
	return c.Name.String() + "/" + name
}
