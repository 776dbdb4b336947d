package apid

import (
	"fmt"

	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// marker writes into an answer which machine gave it. All answers of Talos have one form: field 1 is a repeated message
// whose own field 1 is the metadata. What is encoded twice counts twice, so that metadata can be added, and answers of
// several machines joined, without knowing their types.
type marker struct{ target string }

func (m marker) String() string { return m.target }

// AppendInfo adds the machine to an answer: to the message itself in a stream, else to the first message in the list.
func (m marker) AppendInfo(streaming bool, answer []byte) ([]byte, error) {
	info, err := proto.Marshal(&common.Empty{Metadata: &common.Metadata{Hostname: m.target}})
	if streaming || err != nil {
		return append(answer, info...), err
	}
	number, kind, tag := protowire.ConsumeTag(answer)
	if tag < 0 || number != 1 || kind != protowire.BytesType {
		return nil, fmt.Errorf("an answer of %s is not a list of messages", m.target)
	}
	message, length := protowire.ConsumeBytes(answer[tag:])
	if length < 0 {
		return nil, fmt.Errorf("an answer of %s is cut off: %w", m.target, protowire.ParseError(length))
	}
	marked := protowire.AppendBytes(answer[:tag:tag], append(append([]byte{}, message...), info...))
	return append(marked, answer[tag+length:]...), nil
}

// BuildError makes an error an answer like others, so that one machine's failure does not hide what the others say.
func (m marker) BuildError(streaming bool, failure error) ([]byte, error) {
	answer := &common.Empty{Metadata: &common.Metadata{Hostname: m.target, Error: failure.Error(), Status: status.Convert(failure).Proto()}}
	if streaming {
		return proto.Marshal(answer)
	}
	return proto.Marshal(&common.EmptyResponse{Messages: []*common.Empty{answer}})
}
