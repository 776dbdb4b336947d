// Package talos simulates machines that run Talos Linux v1.13: as much of one as the real talosctl can see and change.
package talos
