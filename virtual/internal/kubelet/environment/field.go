package environment

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// Field is the value of a fieldRef: for environments one of the pod's simple
// fields, for files also all its labels or annotations.
func Field(pod *corev1.Pod, path string) (string, error) {
	switch path {
	case "metadata.name":
		return pod.Name, nil
	case "metadata.namespace":
		return pod.Namespace, nil
	case "metadata.uid":
		return string(pod.UID), nil
	case "metadata.labels":
		return lines(pod.Labels), nil
	case "metadata.annotations":
		return lines(pod.Annotations), nil
	case "spec.nodeName":
		return pod.Spec.NodeName, nil
	case "spec.serviceAccountName":
		return pod.Spec.ServiceAccountName, nil
	case "status.podIP":
		return pod.Status.PodIP, nil
	case "status.podIPs":
		all := make([]string, 0, len(pod.Status.PodIPs))
		for _, ip := range pod.Status.PodIPs {
			all = append(all, ip.IP)
		}
		return strings.Join(all, ","), nil
	case "status.hostIP", "status.hostIPs":
		return pod.Status.HostIP, nil
	}
	if name, found := key(path, "metadata.labels"); found {
		return pod.Labels[name], nil
	}
	if name, found := key(path, "metadata.annotations"); found {
		return pod.Annotations[name], nil
	}
	return "", fmt.Errorf("fieldPath %q is not one that pods can refer to", path)
}

// key takes NAME out of PREFIX['NAME'].
func key(path, prefix string) (string, bool) {
	if name, found := strings.CutPrefix(path, prefix+"['"); found {
		return strings.CutSuffix(name, "']")
	}
	return "", false
}

// lines is the format of downward API files: name="value", sorted by name.
func lines(values map[string]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		out = append(out, name+"="+strconv.Quote(values[name]))
	}
	return strings.Join(out, "\n")
}

// Resource is the value of a resourceFieldRef: a request or limit, rounded up
// in units of the divisor. A limit that isn't set is the node's capacity.
func Resource(container corev1.Container, ref corev1.ResourceFieldSelector, capacity corev1.ResourceList) (string, error) {
	kind, name, found := strings.Cut(ref.Resource, ".")
	values := container.Resources.Requests
	switch {
	case !found:
		return "", fmt.Errorf("resource %q: want limits.NAME or requests.NAME", ref.Resource)
	case kind == "limits":
		values = container.Resources.Limits
	case kind != "requests":
		return "", fmt.Errorf("resource %q: want limits.NAME or requests.NAME", ref.Resource)
	}
	amount, set := values[corev1.ResourceName(name)]
	if !set && kind == "limits" {
		amount = capacity[corev1.ResourceName(name)]
	}
	divisor := ref.Divisor
	if divisor.IsZero() {
		divisor = resource.MustParse("1")
	}
	if name == "cpu" {
		return strconv.FormatInt(ceil(amount.MilliValue(), divisor.MilliValue()), 10), nil
	}
	return strconv.FormatInt(ceil(amount.Value(), divisor.Value()), 10), nil
}

func ceil(amount, divisor int64) int64 {
	return int64(math.Ceil(float64(amount) / float64(divisor)))
}
