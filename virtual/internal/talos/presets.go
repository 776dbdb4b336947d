package talos

import (
	"google.golang.org/grpc/codes"

	"starbase.example/virtual/internal/proxmox"
)

// Preset is a fault that can be asked for by name.
type Preset struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Seen        string `json:"seen"` // where people met it
	// Outcome is what the whole program makes of it, which waits for machines to a deadline. Tests hold it against real ups.
	Outcome proxmox.Outcome `json:"outcome"`

	fault Fault
}

// patient is the outcome of what a client gets over by asking again.
var patient = proxmox.Outcome{Up: "succeeds", Next: "plans nothing"}

// Presets is the table of all faults of machines; the hypervisor's are in package proxmox.
var Presets = []Preset{
	{
		Name: "api-late", Description: "the API answers a minute later than the machine, once",
		Seen: "terraform-provider-talos#156, #213", Outcome: patient, fault: Fault{Do: Late, Seconds: 60, Times: 1},
	},
	{
		Name: "slow-boot", Description: "a boot takes five minutes longer, once",
		Seen: "terraform-provider-talos#236", Outcome: patient, fault: Fault{Do: Slow, Seconds: 300, Times: 1},
	},
	{
		Name: "never-answers", Description: "machines boot and never answer, until cleared and reset",
		Seen:    "wrong address, wrong image, wrong bridge",
		Outcome: proxmox.Outcome{Up: "fails", Says: "takes its config", Next: "configures the machine, once it answers"}, fault: Fault{Do: Dark},
	},
	{
		Name: "apply-hangs", Description: "an applied machine config is never answered, once",
		Seen: "talos#8566", Outcome: patient, fault: Fault{Do: Hang, Method: "ApplyConfiguration", Times: 1},
	},
	{
		Name: "apply-reset", Description: "the connection breaks before a machine config is taken, once",
		Seen: "life", Outcome: patient, fault: Fault{Do: Reset, Method: "ApplyConfiguration", Times: 1},
	},
	{
		Name: "apply-reset-after", Description: "a machine config is taken, and the connection breaks before the answer, once",
		Seen: "talos#8566", Outcome: patient, fault: Fault{Do: ResetAfter, Method: "ApplyConfiguration", Times: 1},
	},
	{
		Name: "bootstrap-too-early", Description: "bootstrap is refused because services are still starting, three times",
		Seen: "Talos 1.13, Server.Bootstrap", Outcome: patient,
		fault: Fault{Do: Refuse, Method: "Bootstrap", Code: codes.FailedPrecondition, Text: "bootstrap is not available yet", Times: 3},
	},
	{
		Name: "time-not-synced", Description: "bootstrap is refused because the clock is not right yet, three times",
		Seen: "Talos 1.13, Server.Bootstrap", Outcome: patient,
		fault: Fault{Do: Refuse, Method: "Bootstrap", Code: codes.FailedPrecondition, Text: "time is not in sync yet", Times: 3},
	},
	{
		Name: "ntp-unreachable", Description: "no time server answers a machine that boots: its kubelet and etcd wait, until cleared",
		Seen:    "Talos 1.13, Etcd.Condition; a network without a way out",
		Outcome: proxmox.Outcome{Up: "fails", Says: "time is not in sync yet", Next: "bootstraps, once one answers"}, fault: Fault{Do: NoTime},
	},
	{
		Name: "images-slow", Description: "the images of kubelet and etcd take five minutes, once",
		Seen: "Talos 1.13, Etcd.PreFunc; a slow line", Outcome: patient, fault: Fault{Do: NoImages, Seconds: 300, Times: 1},
	},
	{
		Name: "images-refused", Description: "a registry refuses a new machine the images of kubelet and etcd, until cleared",
		Seen:    "talos#11219; pull limits",
		Outcome: proxmox.Outcome{Up: "fails", Says: "is a node of the cluster", Next: "goes on, once it hands them out; without a cluster, it is the API server that is waited for"},
		fault:   Fault{Do: NoImages},
	},
	{
		Name: "bootstrap-reset-after", Description: "a cluster is bootstrapped, and the connection breaks before the answer, once",
		Seen:    "terraform-provider-talos, bootstrap resource",
		Outcome: proxmox.Outcome{Up: "succeeds", Next: "plans nothing; the machine's answer to the second request counts as success"},
		fault:   Fault{Do: ResetAfter, Method: "Bootstrap", Times: 1},
	},
	{
		Name: "members-silent", Description: "control planes don't say whether they are members, until cleared",
		Seen:    "turing-rk1#39",
		Outcome: proxmox.Outcome{Up: "fails", Says: "etcd has every control plane as a member", Next: "goes on, once they answer"},
		fault:   Fault{Do: Refuse, Method: "EtcdMemberList", Code: codes.Unavailable, Text: "connection error: desc = \"transport: error while dialing\""},
	},
	{
		Name: "kubeconfig-reset", Description: "the connection breaks while the kubeconfig is fetched, once",
		Seen: "life", Outcome: patient, fault: Fault{Do: Reset, Method: "Kubeconfig", Times: 1},
	},
	{
		Name: "installer-not-built", Description: "a pull of an installer ends before the Image Factory has built it, once",
		Seen: "image-factory#456", Outcome: patient,
		fault: Fault{Do: Refuse, Method: "Pull", Code: codes.Unknown, Text: "failed to pull image: context deadline exceeded", Times: 1}, // approximate
	},
	{
		Name: "installer-fails", Description: "an installer ends with exit code 1, once",
		Seen:    "talos#11173, full or read-only boot partition",
		Outcome: proxmox.Outcome{Up: "fails", Says: "exit code 1", Next: "installs again"}, fault: Fault{Do: Spoil, Times: 1},
	},
}
