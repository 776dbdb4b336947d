package kubelet

// Bootstrap is how a kubelet gets its identity from the cluster itself: with a bootstrap token it asks for a client
// certificate, which the controller manager approves and signs
// (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/).
type Bootstrap struct {
	// Server is the API server's address as a URL, dialled from the node: the cluster's endpoint, or KubePrism.
	Server string
	// CA signed the API servers' certificates: PEM.
	CA []byte
	// Token is "id.secret".
	Token string
	// Folder keeps the certificate and its key over restarts: it is on the machine's disk.
	Folder string
}
