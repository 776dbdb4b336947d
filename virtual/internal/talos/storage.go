package talos

import (
	"context"

	"github.com/siderolabs/talos/pkg/machinery/api/storage"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Disks is storage.StorageService/Disks: the machine's disks, as VirtIO SCSI names them.
func (a api) Disks(context.Context, *emptypb.Empty) (*storage.DisksResponse, error) {
	list := &storage.Disks{}
	for i, d := range a.life.session.vm.Disks {
		list.Disks = append(list.Disks, &storage.Disk{DeviceName: "/dev/sd" + string(rune('a'+i)), Size: uint64(d.Size), Model: "QEMU HARDDISK",
			Type: storage.Disk_SSD, BusPath: "/pci0000:00/" + d.Slot, SystemDisk: d.Slot == a.life.disk.slot})
	}
	return &storage.DisksResponse{Messages: []*storage.Disks{list}}, nil
}
