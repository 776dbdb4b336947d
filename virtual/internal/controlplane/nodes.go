package controlplane

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	bootstrappers = "system:bootstrappers:nodes"
	nodes         = "system:nodes"
)

// letNodesIn makes, once a cluster, what Talos' control planes make for nodes to come: the bootstrap token, and the right
// to ask with it for a kubelet's client certificate, which is then signed without anybody's approval.
func (c *ControlPlane) letNodesIn(ctx context.Context) error {
	token := c.options.Token
	if token == (Token{}) {
		return nil
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "bootstrap-token-" + token.ID, Namespace: metav1.NamespaceSystem},
		Type: corev1.SecretTypeBootstrapToken,
		Data: map[string][]byte{"token-id": []byte(token.ID), "token-secret": []byte(token.Secret),
			"usage-bootstrap-authentication": []byte("true"), "auth-extra-groups": []byte(bootstrappers)}}
	_, err = client.CoreV1().Secrets(secret.Namespace).Create(ctx, secret, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return fmt.Errorf("the bootstrap token: %w", err)
	}
	for _, b := range []*rbacv1.ClusterRoleBinding{
		binding("system-bootstrap-node-bootstrapper", "system:node-bootstrapper", bootstrappers, nodes),
		binding("system-bootstrap-approve-node-client-csr", "system:certificates.k8s.io:certificatesigningrequests:nodeclient", bootstrappers),
		binding("system-bootstrap-node-renewal", "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", nodes),
	} {
		if _, err := client.RbacV1().ClusterRoleBindings().Create(ctx, b, metav1.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
			return fmt.Errorf("letting nodes in: %w", err)
		}
	}
	return nil
}

func binding(name, role string, groups ...string) *rbacv1.ClusterRoleBinding {
	b := &rbacv1.ClusterRoleBinding{ObjectMeta: metav1.ObjectMeta{Name: name},
		RoleRef: rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role}}
	for _, group := range groups {
		b.Subjects = append(b.Subjects, rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: group})
	}
	return b
}
