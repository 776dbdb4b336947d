package kubelet

import (
	"context"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// lastGrace is what containers get when the lab itself ends: enough to give up
// a leader lease, so that the next start need not wait for it to expire.
const lastGrace = 3 * time.Second

// pods are the pods bound to this node, a worker each. They are kept by UID: a
// new pod of the same name is another pod.
type pods struct {
	kubelet *kubelet
	mutex   sync.Mutex
	workers map[types.UID]*worker
	stopped bool
	running sync.WaitGroup
}

// watch follows the pods of this node in the API until ctx ends.
func (p *pods) watch(ctx context.Context) error {
	factory := informers.NewSharedInformerFactoryWithOptions(p.kubelet.client, 0,
		informers.WithTweakListOptions(func(o *metav1.ListOptions) {
			o.FieldSelector = fields.OneTermEqualSelector("spec.nodeName", p.kubelet.name()).String()
		}))
	informer := factory.Core().V1().Pods().Informer()
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { p.see(object.(*corev1.Pod)) },
		UpdateFunc: func(_, object any) { p.see(object.(*corev1.Pod)) },
		DeleteFunc: func(object any) {
			if missed, ok := object.(cache.DeletedFinalStateUnknown); ok {
				object = missed.Obj
			}
			p.forget(object.(*corev1.Pod))
		},
	})
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	<-ctx.Done()
	factory.Shutdown()
	return nil
}

// see starts a worker for a new pod and tells a known one's worker what changed.
func (p *pods) see(pod *corev1.Pod) {
	if isMirror(pod) {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	known, exists := p.workers[pod.UID]
	if exists {
		known.update(pod)
		return
	}
	if p.stopped {
		return
	}
	w := newWorker(p.kubelet, pod)
	p.workers[pod.UID] = w
	p.running.Go(func() {
		w.run()
		p.mutex.Lock()
		defer p.mutex.Unlock()
		delete(p.workers, pod.UID)
	})
}

// forget ends a pod that vanished from the API without having been ended here:
// somebody deleted it by force.
func (p *pods) forget(pod *corev1.Pod) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if w, exists := p.workers[pod.UID]; exists {
		w.end(lastGrace, false)
	}
}

// stop ends all containers and waits; the pods stay in the API as they are.
func (p *pods) stop() {
	p.mutex.Lock()
	p.stopped = true
	for _, w := range p.workers {
		w.end(lastGrace, false)
	}
	p.mutex.Unlock()
	p.running.Wait()
}

// log finds a container's log file and a channel that closes when no more follows.
func (p *pods) log(namespace, name, container string, previous bool) (string, <-chan struct{}, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, w := range p.workers {
		if pod := w.pod(); pod.Namespace == namespace && pod.Name == name {
			return w.log(container, previous)
		}
	}
	return "", nil, fmt.Errorf("node %s has no pod %s/%s", p.kubelet.name(), namespace, name)
}
