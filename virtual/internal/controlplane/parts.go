package controlplane

import (
	"cmp"
	"context"
	_ "embed" // for the audit policy
	"fmt"
	"path/filepath"
	"time"

	"starbase.example/virtual/internal/process"
)

//go:embed audit-policy.yaml
var auditPolicy []byte

// logs is this control plane's folder of logs: several share the lab's.
func (o Options) logs() string { return filepath.Join(o.Folder, "logs", o.Name) }

// start runs a program of the control plane on its node, and keeps it running.
func (c *ControlPlane) start(part process.Spec) (*process.Process, error) {
	var err error
	if part.Args, err = with(part.Name, part.Args, c.options.Arguments[part.Name]); err != nil {
		return nil, err
	}
	part.Path = filepath.Join(c.options.Bin, part.Name)
	part.Log = filepath.Join(c.options.logs(), part.Name+".log")
	part.In = host{name: c.options.Name, network: c.options.Node.Namespace()}
	part.Restart = true
	return process.Start(c.whole, part)
}

func (c *ControlPlane) apiServer() process.Spec {
	o, f, node := c.options, c.files, c.options.Node.Address()
	args := []string{
		"--bind-address=0.0.0.0", fmt.Sprintf("--secure-port=%d", apiPort), fmt.Sprintf("--advertise-address=%s", node),
		"--tls-cert-file=" + f.path("apiserver.crt"), "--tls-private-key-file=" + f.path("apiserver.key"),
		"--client-ca-file=" + f.path("ca.crt"), "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
		"--etcd-servers=" + clientURL(loopback), "--etcd-cafile=" + f.path("etcd-ca.crt"),
		"--etcd-certfile=" + f.path("etcd-client.crt"), "--etcd-keyfile=" + f.path("etcd-client.key"),
		"--kubelet-client-certificate=" + f.path("kubelet-client.crt"), "--kubelet-client-key=" + f.path("kubelet-client.key"),
		"--kubelet-preferred-address-types=InternalIP",
		"--requestheader-client-ca-file=" + f.path("front-proxy-ca.crt"), "--requestheader-allowed-names=front-proxy-client",
		"--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file=" + f.path("front-proxy-client.crt"), "--proxy-client-key-file=" + f.path("front-proxy-client.key"),
		"--service-account-issuer=" + cmp.Or(o.Endpoint, "https://kubernetes.default.svc."+o.Domain),
		"--service-account-key-file=" + f.path("service-account.key"), "--service-account-signing-key-file=" + f.path("service-account.key"),
		"--service-cluster-ip-range=" + o.Services, "--allow-privileged=true",
		// Webhooks are called at their pods' addresses: no kube-proxy stands behind a Service's.
		"--enable-aggregator-routing=true",
		"--audit-policy-file=" + f.path("audit-policy.yaml"),
		"--audit-log-path=" + filepath.Join(o.Folder, "audit-"+o.Name+".log"),
	}
	if o.Token == (Token{}) {
		args = append(args, "--kubelet-certificate-authority="+f.path("ca.crt"))
	} else {
		// As Talos has it; kubelets serve with certificates that they made themselves.
		args = append(args, "--enable-bootstrap-token-auth", "--anonymous-auth=false")
	}
	if len(o.Admission) > 0 {
		args = append(args, "--admission-control-config-file="+f.path("admission.yaml"))
	}
	if o.PKI.Secretbox != "" {
		args = append(args, "--encryption-provider-config="+f.path("encryption.yaml"))
	}
	return process.Spec{Name: "kube-apiserver", Args: args, Ready: c.ready, Deadline: 3 * time.Minute}
}

// elects gives leaders long leases: on a busy machine they would lose short ones without any fault of theirs.
var elects = []string{"--leader-elect-lease-duration=60s", "--leader-elect-renew-deadline=45s", "--leader-elect-retry-period=5s"}

func (c *ControlPlane) controllerManager() process.Spec {
	o, f := c.options, c.files
	return process.Spec{
		Name: "kube-controller-manager",
		Args: append([]string{
			"--kubeconfig=" + f.path("kube-controller-manager.kubeconfig"), "--use-service-account-credentials",
			"--controllers=*,tokencleaner",
			"--authentication-kubeconfig=" + f.path("kube-controller-manager.kubeconfig"),
			"--authorization-kubeconfig=" + f.path("kube-controller-manager.kubeconfig"),
			"--cluster-signing-cert-file=" + f.path("ca.crt"), "--cluster-signing-key-file=" + f.path("ca.key"),
			"--root-ca-file=" + f.path("ca.crt"), "--service-account-private-key-file=" + f.path("service-account.key"),
			"--allocate-node-cidrs", "--cluster-cidr=" + o.Pods, "--service-cluster-ip-range=" + o.Services, "--bind-address=127.0.0.1",
			// One that ends in order gives its lease back, as the scheduler does: nobody waits for a minute then.
			"--feature-gates=ControllerManagerReleaseLeaderElectionLockOnExit=true",
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
