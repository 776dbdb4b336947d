package lab

import (
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"github.com/siderolabs/talos/pkg/machinery/resources/k8s"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// staticPods are the parts of a control plane as Talos has them in Kubernetes. They are processes here, of the build that
// the lab has: the images are what the machine config asked for when they were started.
func staticPods(c config.Provider) (pods []corev1.Pod) {
	for _, part := range []struct{ id, image string }{
		{k8s.APIServerID, c.Cluster().APIServer().Image()},
		{k8s.ControllerManagerID, c.Cluster().ControllerManager().Image()},
		{k8s.SchedulerID, c.Cluster().Scheduler().Image()},
	} {
		pods = append(pods, corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{Namespace: metav1.NamespaceSystem, Name: part.id,
				Labels: map[string]string{"tier": "control-plane", "k8s-app": part.id, "component": part.id},
				// The version of the resource that a part is made from, which is the first after a boot: what the machine
				// config says later takes effect at the next one.
				Annotations: map[string]string{constants.AnnotationStaticPodConfigVersion: "1"}},
			Spec: corev1.PodSpec{HostNetwork: true, PriorityClassName: "system-cluster-critical",
				Containers: []corev1.Container{{Name: part.id, Image: part.image}}},
		})
	}
	return pods
}

// staticPods are those that run: none as long as the control plane does not.
func (n *node) staticPods() []corev1.Pod {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.static
}
