package talos

import (
	"context"
	"sync"

	"github.com/google/uuid"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// feed is what `talosctl events` shows of a life.
type feed struct {
	mutex   sync.Mutex
	all     []*machine.Event
	changed chan struct{}
}

func newFeed() *feed { return &feed{changed: make(chan struct{})} }

// publish adds an event; actor is the request that it belongs to, or "".
func (f *feed) publish(actor string, what proto.Message) {
	data, err := proto.Marshal(what)
	if err != nil {
		return // a message of ours that can't be encoded is a mistake in this package, found by the first test
	}
	url := "talos/runtime/" + string(what.ProtoReflect().Descriptor().FullName())
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.all = append(f.all, &machine.Event{Id: uuid.NewString(), ActorId: actor, Data: &anypb.Any{TypeUrl: url, Value: data}})
	close(f.changed)
	f.changed = make(chan struct{})
}

// follow hands out events, beginning with the last tail ones (all when negative), until one of the contexts ends.
func (f *feed) follow(client, life context.Context, tail int, send func(*machine.Event) error) error {
	f.mutex.Lock()
	at := len(f.all) - tail
	if tail < 0 || at < 0 {
		at = 0
	}
	f.mutex.Unlock()
	for {
		f.mutex.Lock()
		fresh, changed := f.all[at:], f.changed
		at = len(f.all)
		f.mutex.Unlock()
		for _, e := range fresh {
			if err := send(proto.CloneOf(e)); err != nil {
				return err
			}
		}
		select {
		case <-client.Done():
			return client.Err()
		case <-life.Done():
			return nil
		case <-changed:
		}
	}
}

// Events is machine.MachineService/Events: an empty event first, which says that the stream stands.
func (a api) Events(in *machine.EventsRequest, out machine.MachineService_EventsServer) error {
	if err := out.Send(&machine.Event{ActorId: in.GetWithActorId()}); err != nil {
		return err
	}
	return a.life.events.follow(out.Context(), a.life.ctx, int(in.GetTailEvents()), func(e *machine.Event) error {
		if in.GetWithActorId() != "" && in.GetWithActorId() != e.GetActorId() {
			return nil
		}
		return out.Send(e)
	})
}
