package talos

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// generate makes secrets and machine configs with the real talosctl: cp1.yaml, cp2.yaml, w1.yaml and talosconfig.
func (s *site) generate() {
	s.t.Helper()
	s.ok("gen", "secrets", "-o", "secrets.yaml")
	s.patched("")
}

// patched makes the configs anew from the same secrets, with a patch for all.
func (s *site) patched(patch string) {
	s.t.Helper()
	arguments := []string{"gen", "config", "lab", "https://192.168.1.11:6443", "--with-secrets", "secrets.yaml", "--with-docs=false",
		"--with-examples=false", "--talos-version", "v1.13", "--kubernetes-version", "1.36.0", "--force", "-o", "."}
	if patch != "" {
		arguments = append(arguments, "--config-patch", patch)
	}
	s.ok(arguments...)
	for id, name := range names {
		base := "controlplane.yaml"
		if id == w1 {
			base = "worker.yaml"
		}
		document := "apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: " + name + "\nauto: off\n---\n" +
			"apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\naddresses: [{address: " + addresses[id] + "}]\n"
		s.write(name+"-patch.yaml", document)
		s.ok("machineconfig", "patch", base, "-p", "@"+name+"-patch.yaml", "-o", name+".yaml")
	}
}

func (s *site) write(name, content string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// configure brings machines from maintenance mode to their first config.
func (s *site) configure(vmids ...int) {
	s.t.Helper()
	for _, id := range vmids {
		s.ok(inMaintenance(id, "apply-config", "-f", names[id]+".yaml")...)
	}
	for _, id := range vmids {
		s.eventually(names[id]+" runs", func() bool { return s.seen(id).Stage == "running" })
	}
}

// bootstrapped is a site with one control plane that has a cluster.
func bootstrapped(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.generate()
	s.on(cp1)
	s.configure(cp1)
	s.answers(cp1)
	s.ok(node(cp1, "bootstrap")...)
	return s
}

func TestAMachineInMaintenanceSaysItsVersionAndTakesAConfigOnce(t *testing.T) {
	s := newSite(t)
	s.generate()
	s.on(cp1)
	contains(t, s.ok(inMaintenance(cp1, "version")...), "v1.13.0")
	contains(t, s.ok(inMaintenance(cp1, "get", "hostname")...), "cp1")
	s.fails("PermissionDenied", inMaintenance(cp1, "get", "machineconfig")...)
	s.fails("certificate signed by unknown authority", node(cp1, "version")...)
	s.fails("InvalidArgument", inMaintenance(cp1, "apply-config", "-f", "secrets.yaml")...)

	contains(t, s.ok(inMaintenance(cp1, "apply-config", "-f", "cp1.yaml")...), "Applied configuration without a reboot")
	s.eventually("cp1 runs", func() bool { return s.seen(cp1).Stage == "running" })
	s.fails("Unavailable", inMaintenance(cp1, "apply-config", "-f", "cp1.yaml")...)
	contains(t, s.ok(node(cp1, "version")...), "NODE:        192.168.1.11", "Enabled:     RBAC")
	s.hears("agent up cp1")
}

func TestAMachineIsWhereItsConfigSays(t *testing.T) {
	s := newSite(t)
	s.generate()
	m := s.machine(cp1)
	m.CloudInit = drive(cp1, m.NICs[0].MAC, "static, address: 192.168.1.99/24")
	s.PowerOn(m)
	s.answers(cp1)
	s.ok("apply-config", "--insecure", "-n", "192.168.1.99", "-f", "cp1.yaml")
	s.eventually("cp1 has moved", func() bool { return s.seen(cp1).Address == "192.168.1.11" && s.seen(cp1).Answers })
	contains(t, s.ok(node(cp1, "get", "addresses")...), "192.168.1.11/24")
	if out, err := s.within(4*time.Second, "-e", "192.168.1.99", "-n", "192.168.1.99", "version"); err == nil {
		t.Errorf("it answers at its old address: %s", out)
	}
}

func TestALaterConfigTakesEffectInTheWayAskedFor(t *testing.T) {
	s := bootstrapped(t)
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml", "--dry-run")...), "Dry run summary", "No changes.")
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml")...), "Applied configuration without a reboot")

	s.patched(`{"machine": {"nodeLabels": {"zone": "a"}}}`)
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml", "--dry-run")...), "zone: a", "skipped in dry-run")
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml")...), "without a reboot")
	contains(t, s.ok(node(cp1, "get", "machineconfig", "-o", "yaml")...), "zone: a")

	s.patched(`{"machine": {"env": {"A": "b"}}}`)
	s.fails("can't be applied in immediate mode", node(cp1, "apply-config", "-f", "cp1.yaml", "-m", "no-reboot")...)
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml", "-m", "staged")...), "Staged configuration")
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml")...), "Applied configuration with a reboot")
	s.hears("rebooted cp1")
	s.answers(cp1)
	contains(t, s.ok(node(cp1, "get", "machineconfig", "-o", "yaml")...), "A: b")
}

func TestAClusterIsBootstrappedOnce(t *testing.T) {
	s := bootstrapped(t)
	s.fails("AlreadyExists desc = etcd data directory is not empty", node(cp1, "bootstrap")...)
	contains(t, s.ok(node(cp1, "etcd", "members")...), "cp1", "https://192.168.1.11:2379")
	contains(t, s.ok(node(cp1, "services")...), "etcd", "Running", "kubelet")
	contains(t, s.ok(node(cp1, "ls", "/var/lib/etcd")...), "member")
	contains(t, s.ok(node(cp1, "kubeconfig", "-")...), "server: https://192.168.1.11:6443", "admin@lab")
	contains(t, s.ok(node(cp1, "health", "--wait-timeout", "10s")...), "all k8s nodes to report: OK")
	if n := s.count(cp1, "bootstrap", "bootstrapped"); n != 1 {
		t.Errorf("bootstrapped %d times", n)
	}
}

func TestOnlyAControlPlaneOfTheSameSecretsLetsAWorkerIn(t *testing.T) {
	s := newSite(t)
	s.generate()
	s.on(cp1, w1)
	s.configure(cp1, w1)
	if s.seen(w1).Answers {
		t.Error("the worker answers before there is a cluster")
	}
	s.ok(node(cp1, "bootstrap")...)
	s.answers(w1)
	s.fails("bootstrap is only available on control plane nodes", node(w1, "bootstrap")...)
	both := s.ok("-e", "192.168.1.11", "-n", "192.168.1.11,192.168.1.21", "version", "--short")
	contains(t, both, "192.168.1.11", "192.168.1.21")
	contains(t, s.ok("-e", "192.168.1.11", "-n", "192.168.1.21", "get", "hostname"), "w1") // forwarded by cp1
	s.fails("no request forwarding", "-e", "192.168.1.21", "-n", "192.168.1.11", "version")
	s.eventually("both are members", func() bool {
		return strings.Count(s.ok(node(w1, "get", "members")...), "192.168.1.") >= 4
	})
}

func TestAnUpgradeShowsAfterTheReboot(t *testing.T) {
	s := bootstrapped(t)
	image := "factory.talos.dev/nocloud-installer/" + other + ":v1.13.1"
	s.ok(node(cp1, "upgrade", "--image", image, "--drain=false", "--progress", "plain", "--timeout", "40s")...)
	contains(t, s.ok(node(cp1, "version")...), "v1.13.1")
	contains(t, s.ok(node(cp1, "get", "extensions")...), other)
	contains(t, s.ok(node(cp1, "etcd", "members")...), "cp1")
	s.hears("rebooted cp1")
	s.fails("exit code 1", node(cp1, "upgrade", "--image", "docker.io/library/nginx:1.27", "--drain=false", "--progress", "plain")...)
}

func TestARebootIsWaitedFor(t *testing.T) {
	s := bootstrapped(t)
	contains(t, s.ok(node(cp1, "reboot", "--timeout", "40s")...), "post check passed")
	s.hears("agent down cp1")
	if n := s.count(cp1, "boot", "boots"); n != 2 {
		t.Errorf("booted %d times", n)
	}
}

func TestAMachineThatIsResetByLabelsIsBackInMaintenance(t *testing.T) {
	s := newSite(t)
	s.generate()
	s.on(cp1, 112)
	s.configure(cp1, 112)
	s.ok(node(cp1, "bootstrap")...)
	s.eventually("cp2 has joined", func() bool { return len(s.clusters.list(s.clusterID())) == 2 })
	s.ok(node(112, "reset", "--system-labels-to-wipe", "STATE", "--system-labels-to-wipe", "EPHEMERAL", "--reboot", "--timeout", "40s")...)
	s.answers(112)
	contains(t, s.ok(inMaintenance(112, "version")...), "v1.13.0")
	if members := s.clusters.list(s.clusterID()); len(members) != 1 {
		t.Errorf("members: %v", members)
	}
	s.configure(112)
	s.eventually("cp2 has joined again", func() bool { return len(s.clusters.list(s.clusterID())) == 2 })
}

func TestTheLastMemberIsNotResetGracefullyAndWithoutLabelsNothingBoots(t *testing.T) {
	s := bootstrapped(t)
	_, err := s.talosctl(node(cp1, "reset", "--timeout", "5s", "--wait=false")...)
	if err != nil {
		t.Fatal(err)
	}
	s.eventually("the reset fails", func() bool { return s.count(cp1, "error", "reset failed") == 1 })
	contains(t, s.ok(node(cp1, "etcd", "members")...), "cp1")
	s.ok(node(cp1, "reset", "--graceful=false", "--wait=false")...)
	s.hears("off cp1")
	s.PowerOn(s.machine(cp1))
	s.eventually("cp1 does not boot", func() bool { return s.count(cp1, "dark", "never answers") == 1 })
}

func TestAnUpgradeOfKubernetesIsPlanned(t *testing.T) {
	s := bootstrapped(t)
	// talosctl refuses to upgrade a kubelet that does not run yet.
	s.eventually("the kubelet runs", func() bool {
		_, err := s.within(4*time.Second, node(cp1, "get", "services", "kubelet")...)
		return err == nil
	})
	contains(t, s.ok(node(cp1, "upgrade-k8s", "--to", "1.36.1", "--dry-run")...), "update kube-apiserver: v1.36.0 -> 1.36.1",
		"update kubelet: 1.36.0 -> 1.36.1", "updating manifests (dry run)")
}

func (s *site) clusterID() string {
	for _, l := range s.lives() {
		if c := l.current(); c != nil {
			return c.Cluster().ID()
		}
	}
	return ""
}

func contains(t *testing.T, out string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(out, w) {
			t.Errorf("%q is missing in:\n%s", w, out)
		}
	}
}
