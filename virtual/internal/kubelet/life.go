package kubelet

import (
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/sandbox"
	"starbase.example/virtual/internal/sandbox/podlog"
)

// Pauses before a container that ended is started again: those of Kubernetes'
// feature gate ReduceDefaultCrashLoopBackOffDecay (1 s, doubling up to a
// minute), and not the default (10 s to 5 min), to keep a lab lively.
const (
	firstPause = time.Second
	longPause  = time.Minute
	// steady is how long a container must run for the pauses to begin anew.
	steady = 10 * time.Minute
)

// running is one life of a container: a real process or a played workload.
type running interface {
	Done() <-chan struct{}
	Exit() sandbox.Exit
	Stop(grace time.Duration) sandbox.Exit
}

// life is what the log reader needs to know of a container.
type life struct {
	number int
	ended  chan struct{}
}

// contain runs a container, again and again as the policy says, and returns
// whether its last life was a success.
func (w *worker) contain(c corev1.Container, init bool, policy corev1.RestartPolicy) bool {
	if !w.pull(c, init) {
		return false
	}
	pause := firstPause
	for number := w.first[c.Name]; w.ctx.Err() == nil; number++ {
		begun := time.Now()
		exit := w.liveOnce(c, init, number)
		if w.ctx.Err() != nil {
			return false
		}
		if exit.Code == 0 && policy != corev1.RestartPolicyAlways {
			return true
		}
		if policy == corev1.RestartPolicyNever {
			return false
		}
		if time.Since(begun) > steady {
			pause = firstPause
		}
		message := fmt.Sprintf("back-off %s restarting failed container %s", pause, c.Name)
		w.state(c.Name, init, func(s *corev1.ContainerStatus) { nowWaiting(s, "CrashLoopBackOff", message) })
		w.events.Event(w.pod(), corev1.EventTypeWarning, "BackOff", message)
		if !w.pause(pause) {
			return false
		}
		pause = min(2*pause, longPause)
	}
	return false
}

// pull gets a container's image and returns whether it could. If not, it reports the failure as a kubelet with containerd
// does, and returns when the pod ends.
func (w *worker) pull(c corev1.Container, init bool) bool {
	err := images.Pull(c.Image)
	if err == nil {
		return true
	}
	report := func(reason, message string) {
		w.state(c.Name, init, func(s *corev1.ContainerStatus) { nowWaiting(s, reason, message) })
		w.events.Event(w.pod(), corev1.EventTypeWarning, "Failed", message)
	}
	report("ErrImagePull", err.Error())
	if w.pause(firstPause) {
		report("ImagePullBackOff", fmt.Sprintf("Back-off pulling image %q: ErrImagePull: %v", c.Image, err))
		<-w.ctx.Done()
	}
	return false
}

// liveOnce starts a container and attends it to its end.
func (w *worker) liveOnce(c corev1.Container, init bool, number int) sandbox.Exit {
	fail := func(err error) sandbox.Exit {
		w.events.Event(w.pod(), corev1.EventTypeWarning, "Failed", err.Error())
		w.state(c.Name, init, func(s *corev1.ContainerStatus) { nowWaiting(s, "CreateContainerError", err.Error()) })
		return sandbox.Exit{Code: 128, Finished: time.Now()}
	}
	log, err := podlog.Create(w.logFile(c.Name, number))
	if err != nil {
		return fail(err)
	}
	defer log.Close()
	l := &life{number: number, ended: make(chan struct{})}
	defer close(l.ended)
	w.advance(func(*progress) { w.lives[c.Name] = l })

	play := w.Images.Find(c.Image, init, ownedByJob(w.pod()))
	w.Record.Note(c.Image, play, w.pod().Namespace+"/"+w.pod().Name+"/"+c.Name)
	ready := func(now bool) {
		w.state(c.Name, init, func(s *corev1.ContainerStatus) { s.Ready = now && s.State.Running != nil })
	}
	var process running
	uid := w.pod().UID
	w.state(c.Name, init, func(s *corev1.ContainerStatus) { nowRunning(s, uid, number) })
	if play.Real() {
		process, err = w.startProgram(play, c, log)
	} else {
		process, err = w.startWorkload(play, c, log, ready)
	}
	if err != nil {
		return fail(err)
	}
	exit := w.attend(c, init, play.Real(), process, ready)
	w.state(c.Name, init, func(s *corev1.ContainerStatus) { nowTerminated(s, exit) })
	return exit
}

func (w *worker) logFile(container string, number int) string {
	pod := w.pod()
	return filepath.Join(w.LogDir, pod.Namespace+"_"+pod.Name+"_"+string(pod.UID), container, strconv.Itoa(number)+".log")
}

// log finds the file of a container's present or previous life.
func (w *worker) log(container string, previous bool) (string, <-chan struct{}, error) {
	w.mutex.Lock()
	l, exists := w.lives[container]
	w.mutex.Unlock()
	if !exists {
		// It may have ended with an earlier run of the lab; its log is kept.
		if w.first[container] == 0 {
			return "", nil, fmt.Errorf("container %s of pod %s has not started", container, w.pod().Name)
		}
		l = &life{number: w.first[container] - 1, ended: make(chan struct{})}
		close(l.ended)
	}
	if previous {
		return w.logFile(container, l.number-1), l.ended, nil
	}
	return w.logFile(container, l.number), l.ended, nil
}

func ownedByJob(pod *corev1.Pod) bool {
	owner := metav1.GetControllerOf(pod)
	return owner != nil && owner.Kind == "Job"
}
