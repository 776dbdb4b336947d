package talos

import (
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/resources/runtime"
)

// enter says everywhere in which stage the machine is.
func (l *life) enter(stage machine.MachineStatusEvent_MachineStage, ready bool) {
	l.mutex.Lock()
	l.stage = stage
	l.mutex.Unlock()
	l.events.publish("", &machine.MachineStatusEvent{Stage: stage, Status: &machine.MachineStatusEvent_MachineStatus{Ready: ready}})
	s := runtime.NewMachineStatus()
	// The API's stages and the resources' have the same numbers.
	s.TypedSpec().Stage, s.TypedSpec().Status.Ready = runtime.MachineStage(stage), ready
	l.resources.put(s)
}

// stageName is the stage in Talos' words: maintenance, running, shutting down. The mutex is held.
func (l *life) stageName() string { return runtime.MachineStage(l.stage).String() }

// running says whether the services have started.
func (l *life) running() bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.stage == machine.MachineStatusEvent_RUNNING
}
