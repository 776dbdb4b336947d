package controlplane

import (
	"context"
	_ "embed" // for the audit policy
	"fmt"
	"path/filepath"
	"time"

	"starbase.example/virtual/internal/process"
)

//go:embed audit-policy.yaml
var auditPolicy []byte

func (c *ControlPlane) etcd() process.Spec {
	f, name, node := c.files, c.options.Node.Name(), c.options.Node.Address()
	peer := fmt.Sprintf("https://%s:2380", node)
	return process.Spec{
		Name: "etcd",
		Args: []string{
			"--name=" + name, "--data-dir=" + filepath.Join(c.options.Folder, "etcd", name),
			"--listen-client-urls=" + fmt.Sprintf("https://127.0.0.1:2379,https://%s:2379", node),
			"--advertise-client-urls=" + fmt.Sprintf("https://%s:2379", node),
			"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer, "--initial-cluster=" + name + "=" + peer,
			"--client-cert-auth", "--trusted-ca-file=" + f.path("etcd-ca.crt"),
			"--cert-file=" + f.path("etcd.crt"), "--key-file=" + f.path("etcd.key"),
			"--peer-client-cert-auth", "--peer-trusted-ca-file=" + f.path("etcd-ca.crt"),
			"--peer-cert-file=" + f.path("etcd.crt"), "--peer-key-file=" + f.path("etcd.key"),
			"--listen-metrics-urls=http://127.0.0.1:2381",
			// The lab's disk is the person's own: killed processes lose nothing, and only a crash of the whole machine could.
			"--unsafe-no-fsync",
		},
		Ready:    func(ctx context.Context) error { return c.answers(ctx, "http://127.0.0.1:2381/readyz") },
		Deadline: time.Minute,
	}
}

func (c *ControlPlane) apiServer() process.Spec {
	f, node := c.files, c.options.Node.Address()
	return process.Spec{
		Name: "kube-apiserver",
		Args: []string{
			"--bind-address=0.0.0.0", fmt.Sprintf("--secure-port=%d", apiPort), fmt.Sprintf("--advertise-address=%s", node),
			"--tls-cert-file=" + f.path("apiserver.crt"), "--tls-private-key-file=" + f.path("apiserver.key"),
			"--client-ca-file=" + f.path("ca.crt"), "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
			"--etcd-servers=https://127.0.0.1:2379", "--etcd-cafile=" + f.path("etcd-ca.crt"),
			"--etcd-certfile=" + f.path("etcd-client.crt"), "--etcd-keyfile=" + f.path("etcd-client.key"),
			"--kubelet-client-certificate=" + f.path("kubelet-client.crt"), "--kubelet-client-key=" + f.path("kubelet-client.key"),
			"--kubelet-certificate-authority=" + f.path("ca.crt"), "--kubelet-preferred-address-types=InternalIP",
			"--requestheader-client-ca-file=" + f.path("front-proxy-ca.crt"), "--requestheader-allowed-names=front-proxy-client",
			"--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
			"--requestheader-extra-headers-prefix=X-Remote-Extra-",
			"--proxy-client-cert-file=" + f.path("front-proxy-client.crt"), "--proxy-client-key-file=" + f.path("front-proxy-client.key"),
			"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
			"--service-account-key-file=" + f.path("service-account.key"), "--service-account-signing-key-file=" + f.path("service-account.key"),
			"--service-cluster-ip-range=" + Services, "--allow-privileged=true",
			// Webhooks are called at their pods' addresses: no kube-proxy stands behind a Service's.
			"--enable-aggregator-routing=true",
			"--audit-policy-file=" + f.path("audit-policy.yaml"), "--audit-log-path=" + filepath.Join(c.options.Folder, "audit.log"),
		},
		Ready:    c.ready,
		Deadline: 3 * time.Minute,
	}
}

// elects gives leaders long leases: on a busy machine they would lose short ones without any fault of theirs.
var elects = []string{"--leader-elect-lease-duration=60s", "--leader-elect-renew-deadline=45s", "--leader-elect-retry-period=5s"}

func (c *ControlPlane) controllerManager() process.Spec {
	f := c.files
	return process.Spec{
		Name: "kube-controller-manager",
		Args: append([]string{
			"--kubeconfig=" + f.path("kube-controller-manager.kubeconfig"), "--use-service-account-credentials", "--controllers=*",
			"--authentication-kubeconfig=" + f.path("kube-controller-manager.kubeconfig"),
			"--authorization-kubeconfig=" + f.path("kube-controller-manager.kubeconfig"),
			"--cluster-signing-cert-file=" + f.path("ca.crt"), "--cluster-signing-key-file=" + f.path("ca.key"),
			"--root-ca-file=" + f.path("ca.crt"), "--service-account-private-key-file=" + f.path("service-account.key"),
			"--allocate-node-cidrs", "--cluster-cidr=" + Pods, "--service-cluster-ip-range=" + Services, "--bind-address=127.0.0.1",
		}, elects...),
		Ready: func(ctx context.Context) error { return c.answers(ctx, "https://127.0.0.1:10257/healthz") },
	}
}

func (c *ControlPlane) scheduler() process.Spec {
	f := c.files
	return process.Spec{
		Name: "kube-scheduler",
		Args: append([]string{
			"--kubeconfig=" + f.path("kube-scheduler.kubeconfig"),
			"--authentication-kubeconfig=" + f.path("kube-scheduler.kubeconfig"),
			"--authorization-kubeconfig=" + f.path("kube-scheduler.kubeconfig"), "--bind-address=127.0.0.1",
		}, elects...),
		Ready: func(ctx context.Context) error { return c.answers(ctx, "https://127.0.0.1:10259/healthz") },
	}
}
