package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/runtime"
	logsapi "k8s.io/component-base/logs/api/v1"

	"github.com/cert-manager/cert-manager/internal/apis/config/shared"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	utilfeature "github.com/cert-manager/cert-manager/pkg/util/feature"
)

// setDefaults fills the internal configuration with upstream's defaults, which exist for the versioned one only.
func setDefaults(scheme *runtime.Scheme, versioned runtime.Object, internal any) error {
	scheme.Default(versioned)
	return scheme.Convert(versioned, internal, nil)
}

// configure sets what the flags say in c. When they name a configuration file, the file replaces c first: flags win over it.
func configure[C any](name string, args []string, c *C, bind func(*pflag.FlagSet, *C), decode func([]byte) (*C, error)) error {
	file, err := parse(name, args, c, bind)
	if err != nil || file == "" {
		return err
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	fromFile, err := decode(content)
	if err != nil {
		return fmt.Errorf("--config %s: %w", file, err)
	}
	*c = *fromFile
	_, err = parse(name, args, c, bind)
	return err
}

// parse sets what the flags say in c, and returns the configuration file's name.
func parse[C any](name string, args []string, c *C, bind func(*pflag.FlagSet, *C)) (string, error) {
	flags := pflag.NewFlagSet("cert-manager "+name, pflag.ContinueOnError)
	flags.SortFlags = false
	file := flags.String("config", "", "file with the component's configuration")
	bind(flags, c)
	if err := flags.Parse(args); err != nil {
		return "", err
	}
	if flags.NArg() > 0 {
		return "", fmt.Errorf("unexpected argument %q: there are only flags", flags.Arg(0))
	}
	return *file, nil
}

// settle puts the process-wide settings of a configuration in force.
func settle(logging *logsapi.LoggingConfiguration, gates map[string]bool) error {
	if err := logf.ValidateAndApply(logging); err != nil {
		return err
	}
	return utilfeature.DefaultMutableFeatureGate.SetFromMap(gates)
}

// unsupported refuses what a configuration file may ask of the controller and the cainjector, and this program doesn't do.
func unsupported(profiling bool, metrics shared.TLSConfig) error {
	if profiling {
		return errors.New("enableProfiling: profiling is not part of this build of cert-manager; leave it out")
	}
	if metrics.FilesystemConfigProvided() || metrics.DynamicConfigProvided() {
		return errors.New("metricsTLSConfig: metrics over TLS are not part of this build of cert-manager; leave it out")
	}
	return nil
}
