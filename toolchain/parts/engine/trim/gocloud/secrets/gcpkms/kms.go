// Package gcpkms opens no keeper: a lab's secrets have a passphrase.
package gcpkms

import (
	"context"
	"errors"
	"net/url"

	"gocloud.dev/secrets"
)

// Scheme is that of Google's key service.
const Scheme = "gcpkms"

var errWithout = errors.New("this engine is built without Google's key service: use the published Pulumi")

// Dial fails.
func Dial(context.Context, any) (client struct{}, end func(), err error) {
	return client, func() {}, errWithout
}

// URLOpener has the field that the engine sets.
type URLOpener struct{ Client struct{} }

// OpenKeeperURL fails.
func (*URLOpener) OpenKeeperURL(context.Context, *url.URL) (*secrets.Keeper, error) {
	return nil, errWithout
}
