package lab

import (
	"maps"
	"slices"
	"testing"

	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	corev1 "k8s.io/api/core/v1"
)

func TestANodeHasTheLabelsAndTaintsOfItsMachineConfig(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		labels map[string]string
		taints []corev1.Taint
	}{
		"a control plane": {
			config: "machine: {type: controlplane, nodeLabels: {rack: a}}\ncluster: {}\n",
			labels: map[string]string{"rack": "a", controlPlaneRole: ""},
			taints: []corev1.Taint{{Key: controlPlaneRole, Effect: corev1.TaintEffectNoSchedule}},
		},
		"a control plane for everybody": {
			config: "machine: {type: controlplane}\ncluster: {allowSchedulingOnControlPlanes: true}\n",
			labels: map[string]string{controlPlaneRole: ""},
		},
		"a worker": {
			config: "machine: {type: worker, nodeTaints: {gpu: \"yes:NoSchedule\", spot: PreferNoSchedule}}\ncluster: {}\n",
			labels: map[string]string{},
			taints: []corev1.Taint{{Key: "gpu", Value: "yes", Effect: corev1.TaintEffectNoSchedule},
				{Key: "spot", Effect: corev1.TaintEffectPreferNoSchedule}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			machine, err := configloader.NewFromBytes([]byte("version: v1alpha1\n" + c.config))
			if err != nil {
				t.Fatal(err)
			}
			if got := labels(machine); !maps.Equal(got, c.labels) {
				t.Errorf("labels %v, want %v", got, c.labels)
			}
			if got := taintsOf(machine); !slices.Equal(got, c.taints) {
				t.Errorf("taints %v, want %v", got, c.taints)
			}
		})
	}
}
