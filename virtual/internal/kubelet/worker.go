package kubelet

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/kubelet/volumes"
	"starbase.example/virtual/internal/lan"
)

// worker leads one pod from its first sight to its removal from the API.
type worker struct {
	*kubelet
	volumes *volumes.Set
	// first is the number of each container's first life here.
	first map[string]int
	// ctx ends when the pod is to be stopped, for whatever reason.
	ctx    context.Context
	cancel context.CancelFunc
	// dirty wakes the reporter; it holds at most one wish.
	dirty chan struct{}

	mutex    sync.Mutex
	seen     *corev1.Pod
	network  *lan.Pod
	address  string
	started  metav1.Time
	progress progress
	lives    map[string]*life
	grace    time.Duration
	// remove tells whether the API waits for us to take the pod out of it.
	remove bool
}

func newWorker(k *kubelet, pod *corev1.Pod) *worker {
	ctx, cancel := context.WithCancel(context.Background())
	w := &worker{
		kubelet:  k,
		volumes:  volumes.New(filepath.Join(k.RunDir, string(pod.UID)), k.source, capacity),
		first:    livesBefore(pod),
		ctx:      ctx,
		cancel:   cancel,
		dirty:    make(chan struct{}, 1),
		seen:     pod,
		started:  metav1.Now(),
		progress: begin(pod),
		lives:    map[string]*life{},
	}
	w.update(pod)
	return w
}

// livesBefore counts the containers' lives in earlier runs of the lab, so that
// restarts and log files go on from there.
func livesBefore(pod *corev1.Pod) map[string]int {
	lives := map[string]int{}
	for _, s := range pod.Status.ContainerStatuses {
		if s.ContainerID != "" {
			lives[s.Name] = int(s.RestartCount) + 1
		}
	}
	return lives
}

// pod is the pod as last seen in the API. It must not be changed.
func (w *worker) pod() *corev1.Pod {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.seen
}

// update takes notice of a change in the API; a deletion timestamp is the
// request to end the pod within its grace period.
func (w *worker) update(pod *corev1.Pod) {
	w.mutex.Lock()
	w.seen = pod
	w.mutex.Unlock()
	if pod.DeletionTimestamp == nil {
		return
	}
	grace := int64(30)
	if pod.DeletionGracePeriodSeconds != nil {
		grace = *pod.DeletionGracePeriodSeconds
	}
	w.end(time.Duration(grace)*time.Second, true)
}

// end stops the pod; the first call's grace counts.
func (w *worker) end(grace time.Duration, remove bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.ctx.Err() != nil {
		return
	}
	w.grace, w.remove = grace, remove
	w.cancel()
}

// run is the pod's whole life.
func (w *worker) run() {
	if phase := w.pod().Status.Phase; phase != corev1.PodSucceeded && phase != corev1.PodFailed {
		reported := make(chan struct{})
		over := make(chan struct{})
		go func() {
			w.report(over)
			close(reported)
		}()
		w.live()
		close(over)
		<-reported
	}
	<-w.ctx.Done()
	w.clean()
	if w.remove {
		w.removeFromAPI()
	}
}

// clean frees what the pod had on this node. What can't be freed is told as an
// event: nothing else waits for it.
func (w *worker) clean() {
	if err := w.volumes.Remove(); err != nil {
		w.events.Event(w.pod(), corev1.EventTypeWarning, "FailedCleanup", err.Error())
	}
	if w.network == nil {
		return
	}
	if err := w.network.Remove(); err != nil {
		w.events.Event(w.pod(), corev1.EventTypeWarning, "FailedCleanup", err.Error())
	}
}

// removeFromAPI deletes the object for good, which is the kubelet's part after
// a deletion's grace period; it asks again until the API has answered. The next
// kubelet goes on when this one ends before.
func (w *worker) removeFromAPI() {
	pod := w.pod()
	options := metav1.DeleteOptions{GracePeriodSeconds: new(int64), Preconditions: metav1.NewUIDPreconditions(string(pod.UID))}
	for attempt := 0; attempt < 30 && w.life.Err() == nil; attempt++ {
		ctx, cancel := context.WithTimeout(w.life, 5*time.Second)
		err := w.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, options)
		cancel()
		if err == nil || apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return
		}
		time.Sleep(time.Second)
	}
}
