package talos

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// bootIDFile is how clients find out whether a machine has booted since they last asked.
const bootIDFile = "/proc/sys/kernel/random/boot_id"

// Read is machine.MachineService/Read; the only file is the boot id.
func (a api) Read(in *machine.ReadRequest, out machine.MachineService_ReadServer) error {
	if in.GetPath() != bootIDFile {
		return status.Errorf(codes.NotFound, "stat %s: no such file or directory", in.GetPath())
	}
	return out.Send(&common.Data{Bytes: []byte(a.life.bootID + "\n")})
}

// List is machine.MachineService/List; the only folder is etcd's, which is there once etcd is, or was.
func (a api) List(in *machine.ListRequest, out machine.MachineService_ListServer) error {
	root := path.Clean("/" + in.GetRoot())
	folder := ""
	if root == constants.EtcdDataPath && a.life.runtime != nil {
		folder = a.life.runtime.EtcdFolder()
	}
	if _, err := os.Stat(folder); folder == "" || errors.Is(err, fs.ErrNotExist) {
		return status.Errorf(codes.NotFound, "lstat %s: no such file or directory", root)
	}
	return filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return nil // gone since the folder was read
		}
		err = out.Send(&machine.FileInfo{Name: path.Join(root, relative), RelativeName: relative, Size: info.Size(), Mode: uint32(info.Mode()),
			Modified: info.ModTime().Unix(), IsDir: info.IsDir()})
		if err == nil && entry.IsDir() && relative != "." && !deeper(in, relative) {
			return fs.SkipDir
		}
		return err
	})
}

// deeper says whether a folder's own content is asked for.
func deeper(in *machine.ListRequest, relative string) bool {
	if !in.GetRecurse() {
		return false
	}
	depth := strings.Count(relative, "/") + 1
	return in.GetRecursionDepth() == 0 || depth < int(in.GetRecursionDepth())
}
