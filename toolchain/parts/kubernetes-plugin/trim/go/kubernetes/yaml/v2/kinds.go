// Package v2 is upstream's but for this file, which registers each kind under its token without the Go type of its
// outputs, as upstream does with kinds that it does not know. Upstream's file names the type of every kind, half a million
// lines of Go, which only ConfigGroup, ConfigFile, Chart v4 and Kustomize v2 reach.
package v2

import (
	"strings"

	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/apiextensions"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// IsListKind reports whether the kind is a list of objects of another kind.
func IsListKind(_, kind string) bool { return strings.HasSuffix(kind, "List") }

// RegisterResource registers an object of any kind.
func RegisterResource(ctx *pulumi.Context, apiVersion, kind, name string, props pulumi.Input,
	opts ...pulumi.ResourceOption) (pulumi.CustomResource, error) {
	group := apiVersion
	if group == "v1" {
		group = "core/v1"
	}
	var resource apiextensions.CustomResource
	if err := ctx.RegisterResource("kubernetes:"+group+":"+kind, name, props, &resource, opts...); err != nil {
		return nil, err
	}
	return &resource, nil
}
