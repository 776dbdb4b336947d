// Package talos simulates machines that run Talos Linux v1.13: as much of one as the real, unmodified talosctl can see and
// change. The machines get power from the simulated Proxmox VE and have their places on the lab's LAN.
//
//	real       the machine config (parsed, validated, compared by Talos' own packages), TLS and client certificates, the API's
//	           messages, roles, routing between machines (Talos' own proxy), trustd's signatures, resources (COSI)
//	simulated  firmware, boot, disks, installer images, services of the operating system, dmesg: words that are said at the
//	           right time. What a machine runs for the cluster is a Runtime's, and that may be real
//
// A machine lives like this:
//
//	power on ─► boot: which disk, whose address? ─► maintenance ──apply──► configured ──reboot─┐
//	               ▲  └─► dark: it runs and never answers                        │             │
//	               └─────────────────────────────────────────────────────────────┴─────────────┘
//
// A disk that was imported from an image factory's nocloud image is bootable. All that Talos would keep in its partitions
// META and STATE is written to the disk object at the hypervisor, and what is in EPHEMERAL lies in the Runtime's folder, which
// is bound to the disk: a disk that is imported again knows nothing, and a lab that is started again knows everything.
//
// What differs from Talos, knowingly:
//
//   - A worker's certificate is signed as soon as a control plane runs etcd. Talos' trustd answers earlier; whether a worker
//     finds it depends on the discovery service, which the lab has none of.
//   - Members are the machines of this hypervisor that have the same cluster id: they stand for what discovery would find.
//   - A changed address takes effect at the next boot, if the machine was configured before.
//   - An upgrade believes every image name; what an image contains is not looked at. Images of Kubernetes' parts change
//     nothing that runs, which is the lab's own build: upgrade-k8s comes to its end with the version that is there, and for
//     another one as a dry run.
//   - A machine that reboots refuses connections for a moment before it is gone: else it could be back, as fast as these
//     machines boot, before a client has missed it.
//   - A machine counts as running while its kubelet and etcd wait for the time or for their images; Talos' still boots then.
//   - Machines boot from disks only: ISO images and network boot are not there.
//
// How Talos behaves was read in its sources, v1.13.0. Nothing here was compared with a running Talos.
package talos
