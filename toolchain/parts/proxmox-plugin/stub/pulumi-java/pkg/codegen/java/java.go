// Package java stands in for Pulumi's translator of programs into Java, which schema generation links for the examples in
// documentation. No documentation is generated here, and the module at that version can't be had from a module proxy.
package java

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
)

// GenerateProgram would translate an example.
func GenerateProgram(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error) {
	return nil, nil, errors.New("this build translates no examples into Java")
}
