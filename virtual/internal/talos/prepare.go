package talos

import (
	"github.com/siderolabs/talos/pkg/machinery/resources/time"
)

// What kubelet and etcd wait for in turn, as `talosctl services` shows it. Source: Condition and PreFunc of both in Talos 1.13,
// internal/app/machined/pkg/system/services.
var (
	forTime   = Service{State: "Waiting", Message: "Waiting for time sync"}
	forImages = Service{State: "Preparing", Message: "Running pre state"}
)

// prepare waits for the time and for the images of kubelet and etcd, which both start then. Images stay on the disk: only what
// it does not have is pulled.
func (l *life) prepare() {
	l.setTime(false)
	if !l.outlast(NoTime) {
		return
	}
	l.setTime(true)
	l.wait(forImages)
	if image := l.current().Machine().Kubelet().Image(); l.disk.get(onDiskImages) != image {
		if !l.outlast(NoImages) {
			return
		}
		if err := l.disk.write(map[string]string{onDiskImages: image}); err != nil {
			l.machine.tell("error", "images are not kept", err.Error())
		}
	}
	close(l.ready)
}

// outlast returns when a fault of that kind is over: when its seconds have passed, or it has been cleared. False means that the
// life has ended first.
func (l *life) outlast(do Action) bool {
	f := l.machine.fleet.faults.strike(l.machine, "", do)
	if f == nil || f.Seconds > 0 {
		return l.machine.pass(l.ctx, f.duration())
	}
	for l.machine.fleet.faults.isSet(f) {
		if !l.machine.pass(l.ctx, look) {
			return false
		}
	}
	return true
}

func (l *life) setTime(synced bool) {
	s := time.NewStatus()
	s.TypedSpec().Synced = synced
	l.resources.put(s)
}

func (l *life) wait(what Service) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.waiting = what
}

// waits says what kubelet and etcd wait for; false when they don't.
func (l *life) waits() (Service, bool) {
	select {
	case <-l.ready:
		return Service{}, false
	default:
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.waiting, true
}
