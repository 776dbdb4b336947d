package l2

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

// Policy is a CiliumL2AnnouncementPolicy (cilium.io/v2alpha1): which nodes announce which Services on which interfaces.
type Policy struct {
	Name            string
	Nodes, Services labels.Selector
	// Interfaces none means all.
	Interfaces                   []*regexp.Regexp
	LoadBalancerIPs, ExternalIPs bool
}

// ParsePolicy reads one. The error names the policy and the field.
func ParsePolicy(object *unstructured.Unstructured) (Policy, error) {
	var read struct {
		Spec struct {
			NodeSelector    *metav1.LabelSelector `json:"nodeSelector"`
			ServiceSelector *metav1.LabelSelector `json:"serviceSelector"`
			Interfaces      []string              `json:"interfaces"`
			LoadBalancerIPs bool                  `json:"loadBalancerIPs"`
			ExternalIPs     bool                  `json:"externalIPs"`
		} `json:"spec"`
	}
	refuse := func(field string, err error) (Policy, error) {
		return Policy{}, fmt.Errorf("CiliumL2AnnouncementPolicy %s: spec%s: %w", object.GetName(), field, err)
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &read); err != nil {
		return refuse("", err)
	}
	p := Policy{Name: object.GetName(), LoadBalancerIPs: read.Spec.LoadBalancerIPs, ExternalIPs: read.Spec.ExternalIPs}
	var err error
	if p.Nodes, err = selector(read.Spec.NodeSelector); err != nil {
		return refuse(".nodeSelector", err)
	}
	if p.Services, err = selector(read.Spec.ServiceSelector); err != nil {
		return refuse(".serviceSelector", err)
	}
	for i, text := range read.Spec.Interfaces {
		pattern, err := regexp.Compile(text)
		if err != nil {
			return refuse(fmt.Sprintf(".interfaces[%d]", i), err)
		}
		p.Interfaces = append(p.Interfaces, pattern)
	}
	return p, nil
}

// selector takes no selector for one that selects all.
func selector(s *metav1.LabelSelector) (labels.Selector, error) {
	if s == nil {
		return labels.Everything(), nil
	}
	return metav1.LabelSelectorAsSelector(s)
}

// addresses are those of a Service that the policy announces.
func (p Policy) addresses(service *corev1.Service) []netip.Addr {
	if !p.Services.Matches(labelsOf(service)) {
		return nil
	}
	var texts []string
	if p.ExternalIPs {
		texts = slices.Concat(texts, service.Spec.ExternalIPs)
	}
	if p.LoadBalancerIPs {
		for _, ingress := range service.Status.LoadBalancer.Ingress {
			texts = append(texts, ingress.IP)
		}
	}
	var found []netip.Addr
	for _, text := range texts {
		if address, err := netip.ParseAddr(text); err == nil && address.Is4() {
			found = append(found, address)
		}
	}
	return found
}

// interfaces are those of the node that the policy announces on.
func (p Policy) interfaces(all []string) []string {
	if len(p.Interfaces) == 0 {
		return all
	}
	var found []string
	for _, name := range all {
		if slices.ContainsFunc(p.Interfaces, func(r *regexp.Regexp) bool { return r.MatchString(name) }) {
			found = append(found, name)
		}
	}
	return found
}

// labelsOf adds to a Service's labels its name and namespace, by which policies may select it too.
func labelsOf(service *corev1.Service) labels.Set {
	return labels.Merge(service.Labels, labels.Set{
		"io.kubernetes.service.namespace": service.Namespace, "io.kubernetes.service.name": service.Name})
}
