package talos

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configdiff"
	"github.com/siderolabs/talos/pkg/machinery/config/container"
	"github.com/siderolabs/talos/pkg/machinery/config/types/v1alpha1"
)

// canApplyAtOnce says whether a config can take effect without a reboot: when it differs from the old one only in what
// Talos changes at runtime. Documents besides the first never need a reboot.
func canApplyAtOnce(old, fresh config.Provider) error {
	before, after := old.RawV1Alpha1(), fresh.RawV1Alpha1()
	if before == nil || after == nil {
		return errors.New("a machine config without v1alpha1 document needs a reboot")
	}
	after = after.DeepCopy()
	after.ConfigDebug, after.ClusterConfig = before.ConfigDebug, before.ClusterConfig
	if after.MachineConfig != nil && before.MachineConfig != nil {
		takeOver(after.MachineConfig, before.MachineConfig)
	}
	if reflect.DeepEqual(before, after) {
		return nil
	}
	diff, err := configdiff.DiffConfigs(container.NewV1Alpha1(before), container.NewV1Alpha1(after))
	if err != nil {
		return fmt.Errorf("error calculating diff: %w", err)
	}
	return fmt.Errorf("this config change can't be applied in immediate mode\ndiff:\n%s", diff)
}

// changeable are the fields of .machine and of .machine.features that take effect at once. Source: Talos 1.13,
// Runtime.CanApplyImmediate.
var (
	changeable = []string{"MachineCA", "MachineAcceptedCAs", "MachineTime", "MachineCertSANs", "MachineInstall", "MachineNetwork",
		"MachineSysfs", "MachineSysctls", "MachineLogging", "MachineControlPlane", "MachineKubelet", "MachineKernel", "MachineRegistries",
		"MachinePods", "MachineSeccompProfiles", "MachineNodeAnnotations", "MachineNodeLabels", "MachineNodeTaints"}
	changeableFeatures = []string{"KubernetesTalosAPIAccessConfig", "KubePrismSupport", "HostDNSSupport", "ImageCacheSupport",
		"FeatureNodeAddressSortAlgorithm"}
)

// takeOver makes two machine sections the same in what is changeable, so that what still differs is not.
func takeOver(into, from *v1alpha1.MachineConfig) {
	copyFields(into, from, changeable)
	if into.MachineFeatures != nil && from.MachineFeatures != nil {
		copyFields(into.MachineFeatures, from.MachineFeatures, changeableFeatures)
	}
}

func copyFields[T any](into, from *T, names []string) {
	to, of := reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem()
	for _, name := range names {
		to.FieldByName(name).Set(of.FieldByName(name))
	}
}
