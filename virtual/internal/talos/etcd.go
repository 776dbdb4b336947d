package talos

import (
	"context"
	"errors"
	"fmt"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
)

// errNoEndpoints is what Talos says as long as there is no cluster, or it doesn't know where.
var errNoEndpoints = errors.New("no controlplane endpoints discovered yet")

// EtcdMemberList is machine.MachineService/EtcdMemberList. A control plane without etcd of its own asks another one.
func (a api) EtcdMemberList(ctx context.Context, in *machine.EtcdMemberListRequest) (*machine.EtcdMemberListResponse, error) {
	if err := a.life.onControlPlanes("member list"); err != nil {
		return nil, err
	}
	members, err := a.life.runtime.EtcdMembers(ctx)
	if errors.Is(err, ErrNoEtcd) && !in.GetQueryLocal() {
		members, err = a.life.membersElsewhere(ctx)
	}
	if err != nil {
		return nil, err
	}
	list := &machine.EtcdMembers{}
	for _, m := range members {
		list.LegacyMembers = append(list.LegacyMembers, m.Hostname)
		list.Members = append(list.Members, &machine.EtcdMember{Id: m.ID, Hostname: m.Hostname, PeerUrls: m.PeerURLs, ClientUrls: m.ClientURLs, IsLearner: m.Learner})
	}
	return &machine.EtcdMemberListResponse{Messages: []*machine.EtcdMembers{list}}, nil
}

func (l *life) membersElsewhere(ctx context.Context) ([]EtcdMember, error) {
	for _, peer := range l.peers() {
		if peer == l || !peer.isControlPlane() {
			continue
		}
		if members, err := peer.runtime.EtcdMembers(ctx); err == nil {
			return members, nil
		}
	}
	return nil, errNoEndpoints
}

// EtcdLeaveCluster is machine.MachineService/EtcdLeaveCluster.
func (a api) EtcdLeaveCluster(ctx context.Context, _ *machine.EtcdLeaveClusterRequest) (*machine.EtcdLeaveClusterResponse, error) {
	if err := a.life.onControlPlanes("etcd leave"); err != nil {
		return nil, err
	}
	if err := a.life.runtime.EtcdLeave(ctx); err != nil {
		return nil, fmt.Errorf("failed to leave cluster: %w", err)
	}
	a.life.machine.tell("etcd", "left", "")
	return &machine.EtcdLeaveClusterResponse{Messages: []*machine.EtcdLeaveCluster{{}}}, nil
}

// EtcdRemoveMemberByID is machine.MachineService/EtcdRemoveMemberByID.
func (a api) EtcdRemoveMemberByID(ctx context.Context, in *machine.EtcdRemoveMemberByIDRequest) (*machine.EtcdRemoveMemberByIDResponse, error) {
	if err := a.life.onControlPlanes("etcd remove member"); err != nil {
		return nil, err
	}
	if err := a.life.runtime.EtcdRemove(ctx, in.GetMemberId()); err != nil {
		return nil, fmt.Errorf("failed to remove member: %w", err)
	}
	a.life.machine.tell("etcd", "removed a member", fmt.Sprintf("%x", in.GetMemberId()))
	return &machine.EtcdRemoveMemberByIDResponse{Messages: []*machine.EtcdRemoveMemberByID{{}}}, nil
}
