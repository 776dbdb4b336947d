package controlplane

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
)

// answers asks a health endpoint on the node's own loopback. Those endpoints show certificates that they made themselves
// at start and that nobody could know: whom we talk to is sure by the namespace, so the certificate is not looked at.
func (c *ControlPlane) answers(ctx context.Context, url string) error {
	transport := &http.Transport{DialContext: c.options.Node.Namespace().Dial, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, response.Status)
	}
	return nil
}

// ready wants /readyz and, after it, the whole OpenAPI document: the first client that asks for it would otherwise wait
// for half a minute on a busy machine, and Pulumi's takes that for an unreachable cluster.
func (c *ControlPlane) ready(ctx context.Context) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	for _, path := range []string{"/readyz", "/openapi/v2"} {
		if err := client.Discovery().RESTClient().Get().AbsPath(path).Do(ctx).Error(); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}
