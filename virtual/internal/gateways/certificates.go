package gateways

import (
	"context"
	"encoding/pem"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// Certificates are those that the Gateways' listeners present now, in PEM, each without the chain that it may come with.
// A listener whose secret is not there yet presents none.
func Certificates(ctx context.Context, client kubernetes.Interface, s State) ([]byte, error) {
	var all []byte
	for _, gateway := range s.Gateways {
		for _, at := range gateway.Certificates {
			secret, err := client.CoreV1().Secrets(at.Namespace).Get(ctx, at.Name, metav1.GetOptions{})
			if apierrors.IsNotFound(err) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("the certificate of Gateway %s: %w", gateway.Name, err)
			}
			// The server's own comes first (RFC 8446, 4.4.2).
			if leaf, _ := pem.Decode(secret.Data[corev1.TLSCertKey]); leaf != nil {
				all = append(all, pem.EncodeToMemory(leaf)...)
			}
		}
	}
	return all, nil
}
