package talos

import (
	"context"
	"slices"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// services are the operating system's own, which are words here, and those of the runtime.
func (l *life) services() []Service {
	all := []Service{system("machined"), system("apid"), system("containerd"), system("udevd"), system("syslogd")}
	if l.runtime == nil {
		return all
	}
	if l.running() {
		all = append(all, system("cri"))
	}
	if l.isControlPlane() {
		all = append(all, system("trustd"))
	}
	its := l.runtime.Services()
	if what, waits := l.waits(); waits {
		for i := range its {
			its[i] = Service{Name: its[i].Name, State: what.State, Message: what.Message}
		}
	}
	all = append(all, its...)
	slices.SortStableFunc(all, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func system(name string) Service { return Service{Name: name, State: Running, Healthy: true} }

// ServiceList is machine.MachineService/ServiceList.
func (a api) ServiceList(context.Context, *emptypb.Empty) (*machine.ServiceListResponse, error) {
	list := &machine.ServiceList{}
	for _, s := range a.life.services() {
		now := timestamppb.New(a.life.begun)
		list.Services = append(list.Services, &machine.ServiceInfo{Id: s.Name, State: s.State,
			Events: &machine.ServiceEvents{Events: []*machine.ServiceEvent{{Msg: s.Message, State: s.State, Ts: now}}},
			Health: &machine.ServiceHealth{Unknown: s.State != Running, Healthy: s.Healthy, LastMessage: s.Message, LastChange: now}})
	}
	return &machine.ServiceListResponse{Messages: []*machine.ServiceList{list}}, nil
}

// runs says whether a service of the runtime runs and is well.
func runs(all []Service, name string) bool {
	return slices.ContainsFunc(all, func(s Service) bool { return s.Name == name && s.State == Running && s.Healthy })
}
