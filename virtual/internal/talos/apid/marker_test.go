package apid

import (
	"testing"

	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

func TestAnswersOfSeveralMachinesBecomeOneThatNamesThem(t *testing.T) {
	answer, err := proto.Marshal(&machine.VersionResponse{Messages: []*machine.Version{{Version: &machine.VersionInfo{Tag: "v1.13.0"}}}})
	if err != nil {
		t.Fatal(err)
	}
	good, err := marker{"192.168.1.11"}.AppendInfo(false, answer)
	if err != nil {
		t.Fatal(err)
	}
	bad, err := marker{"192.168.1.12"}.BuildError(false, status.Error(codes.AlreadyExists, "twice"))
	if err != nil {
		t.Fatal(err)
	}
	var joined machine.VersionResponse
	if err := proto.Unmarshal(append(good, bad...), &joined); err != nil {
		t.Fatal(err)
	}
	first, second := joined.GetMessages()[0], joined.GetMessages()[1]
	if first.GetMetadata().GetHostname() != "192.168.1.11" || first.GetVersion().GetTag() != "v1.13.0" {
		t.Errorf("%v", first)
	}
	if m := second.GetMetadata(); m.GetHostname() != "192.168.1.12" || codes.Code(m.GetStatus().GetCode()) != codes.AlreadyExists || m.GetError() == "" {
		t.Errorf("%v", second)
	}
}

func TestAMessageOfAStreamNamesItsMachine(t *testing.T) {
	part, err := proto.Marshal(&common.Data{Bytes: []byte("line")})
	if err != nil {
		t.Fatal(err)
	}
	marked, err := marker{"192.168.1.11"}.AppendInfo(true, part)
	if err != nil {
		t.Fatal(err)
	}
	var data common.Data
	if err := proto.Unmarshal(marked, &data); err != nil || data.GetMetadata().GetHostname() != "192.168.1.11" || string(data.GetBytes()) != "line" {
		t.Errorf("%v %v", &data, err)
	}
}

func TestWhatIsNoListOfMessagesIsNotMarked(t *testing.T) {
	for _, answer := range [][]byte{nil, {0x12, 0x00}, {0x0a, 0x09}} {
		if marked, err := (marker{"192.168.1.11"}).AppendInfo(false, answer); err == nil {
			t.Errorf("%v: %v", answer, marked)
		}
	}
}
