package talos

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"google.golang.org/grpc"
)

// images is machine.ImageService. Every image is there: nothing is fetched.
type images struct {
	machine.UnimplementedImageServiceServer
	life *life
}

// Pull answers with the image's name and a digest, which is the name's own.
func (images) Pull(in *machine.ImageServicePullRequest, out grpc.ServerStreamingServer[machine.ImageServicePullResponse]) error {
	name := in.GetImageRef()
	if !strings.Contains(name, "@") {
		at := strings.LastIndex(name, ":")
		if at < strings.LastIndex(name, "/") {
			at = len(name)
		}
		name = fmt.Sprintf("%s@sha256:%x", name[:max(at, 0)], sha256.Sum256([]byte(name)))
	}
	return out.Send(&machine.ImageServicePullResponse{Response: &machine.ImageServicePullResponse_Name{Name: name}})
}

// ImagePull is machine.MachineService/ImagePull, with which upgrade-k8s begins.
func (a api) ImagePull(context.Context, *machine.ImagePullRequest) (*machine.ImagePullResponse, error) {
	return &machine.ImagePullResponse{Messages: []*machine.ImagePull{{}}}, nil
}
