package operations

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
)

// AWSOperationsProvider would read the logs of resources of AWS.
func AWSOperationsProvider(context.Context, map[config.Key]string, *Resource) (Provider, error) {
	return nil, errors.New("this engine is built without the logs of AWS: use the published Pulumi")
}

// GCPOperationsProvider would read the logs of resources of Google Cloud.
func GCPOperationsProvider(context.Context, map[config.Key]string, *Resource) (Provider, error) {
	return nil, errors.New("this engine is built without the logs of Google Cloud: use the published Pulumi")
}
