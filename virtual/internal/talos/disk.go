package talos

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"

	"starbase.example/virtual/internal/proxmox"
)

// What is written on a disk. Partition STATE is the config, META the rest; EPHEMERAL is the folder that the id names.
const (
	onDiskID        = "id"
	onDiskVersion   = "version"
	onDiskSchematic = "schematic"
	onDiskConfig    = "config"
	onDiskPlatform  = "platform"
	onDiskNoSystem  = "wiped"
	// onDiskImages is the kubelet's image if those of kubelet and etcd have been pulled. It is on EPHEMERAL.
	onDiskImages = "images"
)

// disk is the system disk of a machine.
type disk struct {
	machine *guest
	slot    string

	mutex sync.Mutex
	data  map[string]string
}

// nocloud is the platform whose images read their addresses from Proxmox's cloud-init drive.
const nocloud = "nocloud"

// factoryImage is where an image factory serves disk images: schematic, version and platform.
var factoryImage = regexp.MustCompile(`^https?://[^/]+/image/([0-9a-f]{64})/(v[0-9][^/]*)/([a-z]+)-amd64\.[a-z0-9.]+$`)

// bootDisk is the first disk in boot order that something boots from; the error says why there is none.
func (s *session) bootDisk() (*disk, error) {
	var tried []string
	for _, slot := range s.vm.Boot {
		for _, candidate := range s.vm.Disks {
			if candidate.Slot != slot {
				continue
			}
			d, err := s.open(candidate)
			if err == nil {
				return d, nil
			}
			tried = append(tried, slot+": "+err.Error())
		}
	}
	if len(tried) == 0 {
		tried = append(tried, fmt.Sprintf("the boot order %q names no disk", strings.Join(s.vm.Boot, ";")))
	}
	return nil, fmt.Errorf("no bootable device: %s", strings.Join(tried, "; "))
}

func (s *session) open(from proxmox.Disk) (*disk, error) {
	data, err := s.machine.fleet.hypervisor.DiskData(s.vm.VMID, from.Slot)
	if err != nil {
		return nil, err
	}
	if data[onDiskNoSystem] != "" {
		return nil, fmt.Errorf("the system was wiped off it")
	}
	d := &disk{machine: s.machine, slot: from.Slot, data: maps.Clone(data)}
	if data[onDiskVersion] != "" {
		return d, nil
	}
	image := factoryImage.FindStringSubmatch(from.URL)
	switch {
	case from.URL == "":
		return nil, fmt.Errorf("nothing was ever written to it")
	case image == nil:
		return nil, fmt.Errorf("%s is no disk image of an image factory", from.URL)
	case image[3] != nocloud:
		return nil, fmt.Errorf("%s is for %s machines, and takes no address from Proxmox's cloud-init drive", from.URL, image[3])
	}
	return d, d.write(map[string]string{onDiskID: uuid.NewString(), onDiskSchematic: image[1], onDiskVersion: image[2], onDiskPlatform: nocloud})
}

func (d *disk) get(key string) string {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.data[key]
}

// write changes what is on the disk; an empty value removes its key.
func (d *disk) write(changes map[string]string) error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	data := maps.Clone(d.data)
	if data == nil {
		data = map[string]string{}
	}
	for key, value := range changes {
		if data[key] = value; value == "" {
			delete(data, key)
		}
	}
	if err := d.machine.fleet.hypervisor.WriteDisk(d.machine.vmid, d.slot, data); err != nil {
		return fmt.Errorf("disk %s: %w", d.slot, err)
	}
	d.data = data
	return nil
}

// config is the machine config on the disk; nil when there is none, or not enough of one to boot with.
func (d *disk) config() (config.Provider, error) {
	text := d.get(onDiskConfig)
	if text == "" {
		return nil, nil
	}
	c, err := configloader.NewFromBytes([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("the machine config on disk %s: %w", d.slot, err)
	}
	if !c.CompleteForBoot() {
		return nil, nil
	}
	return c, nil
}

// folder holds what is on the disk besides its data.
func (d *disk) folder() string { return filepath.Join(d.machine.folder(), d.get(onDiskID)) }
