// Package authhelpers would find the credentials of Google Cloud.
package authhelpers

import (
	"context"
	"errors"

	"gocloud.dev/blob"
)

var errWithout = errors.New("this engine is built without Google Cloud: use the published Pulumi")

// GoogleCredentials are none.
type GoogleCredentials struct{ TokenSource struct{} }

// ResolveGoogleCredentials fails.
func ResolveGoogleCredentials(context.Context, string) (*GoogleCredentials, error) {
	return nil, errWithout
}

// GoogleCredentialsMux fails.
func GoogleCredentialsMux(context.Context) (*blob.URLMux, error) { return nil, errWithout }
