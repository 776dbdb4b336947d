package lab

import (
	"maps"
	"slices"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/config"
	corev1 "k8s.io/api/core/v1"
)

// labels are those that a machine config gives its node, and a control plane's role.
func labels(machine config.Config) map[string]string {
	all := map[string]string{}
	maps.Copy(all, machine.Machine().NodeLabels())
	if machine.Machine().Type().IsControlPlane() {
		all[controlPlaneRole] = ""
	}
	return all
}

// taintsOf are those that a machine config gives its node, written VALUE:EFFECT or EFFECT, and a control plane's own unless it
// may be scheduled on.
func taintsOf(machine config.Config) (all []corev1.Taint) {
	given := machine.Machine().NodeTaints()
	for _, key := range slices.Sorted(maps.Keys(given)) {
		value, effect, found := strings.Cut(given[key], ":")
		if !found {
			value, effect = "", given[key]
		}
		all = append(all, corev1.Taint{Key: key, Value: value, Effect: corev1.TaintEffect(effect)})
	}
	if machine.Machine().Type().IsControlPlane() && !machine.Cluster().ScheduleOnControlPlanes() {
		all = append(all, taints...)
	}
	return all
}
