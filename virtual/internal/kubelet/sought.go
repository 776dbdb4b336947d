package kubelet

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"

	"starbase.example/virtual/internal/changes"
	"starbase.example/virtual/internal/kubelet/workload"
)

// services follows all Services until ctx ends.
func services(ctx context.Context, client kubernetes.Interface) cache.SharedIndexInformer {
	factory := informers.NewSharedInformerFactory(client, 0)
	informer := factory.Core().V1().Services().Informer()
	factory.Start(ctx.Done())
	return informer
}

// sought tells the ports that Services send to of a pod that declares none: once before it returns, and whenever they
// change until ctx ends.
func (k *kubelet) sought(ctx context.Context, pod *corev1.Pod, tell func([]int32)) {
	if !cache.WaitForCacheSync(ctx.Done(), k.services.HasSynced) {
		return
	}
	told := undeclared(pod, k.services.GetStore().List())
	tell(told)
	changed := make(chan struct{}, 1)
	registration, err := k.services.AddEventHandler(changes.Signal(changed))
	if err != nil {
		return // the kubelet ends
	}
	go func() {
		defer func() { _ = k.services.RemoveEventHandler(registration) }()
		for {
			select {
			case <-ctx.Done():
				return
			case <-changed:
			}
			if now := undeclared(pod, k.services.GetStore().List()); !slices.Equal(now, told) {
				told = now
				tell(now)
			}
		}
	}()
}

// undeclared are the ports, sorted, of the Services that select a pod whose containers declare no TCP port. A pod that
// declares ports listens there alone, so a Service with another target port fails as on hardware. A target port by name is
// that of a container that declares it, or leads nowhere, as in Kubernetes.
func undeclared(pod *corev1.Pod, services []any) (ports []int32) {
	if slices.ContainsFunc(pod.Spec.Containers, workload.DeclaresPorts) {
		return nil
	}
	for _, object := range services {
		service := object.(*corev1.Service)
		if service.Namespace != pod.Namespace || len(service.Spec.Selector) == 0 ||
			!labels.SelectorFromSet(service.Spec.Selector).Matches(labels.Set(pod.Labels)) {
			continue
		}
		for _, port := range service.Spec.Ports {
			target := port.TargetPort
			if target.Type == intstr.Int && target.IntVal == 0 {
				target = intstr.FromInt32(port.Port)
			}
			if workload.IsTCP(port.Protocol) && target.Type == intstr.Int {
				ports = append(ports, target.IntVal)
			}
		}
	}
	slices.Sort(ports)
	return slices.Compact(ports)
}
