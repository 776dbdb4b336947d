package kubelet

import (
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/sandbox"
)

func podOf(policy corev1.RestartPolicy) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Generation: 3},
		Spec: corev1.PodSpec{RestartPolicy: policy,
			InitContainers: []corev1.Container{{Name: "init"}},
			Containers:     []corev1.Container{{Name: "a"}, {Name: "b"}}},
		Status: corev1.PodStatus{QOSClass: corev1.PodQOSBurstable, Conditions: []corev1.PodCondition{{Type: corev1.PodScheduled, Status: corev1.ConditionTrue}}},
	}
}

// after applies what happened to the containers: "init ok", "a run", "a ready", "b fail", ...
func after(pod *corev1.Pod, events ...string) progress {
	p := begin(pod)
	for _, event := range events {
		name, what, _ := strings.Cut(event, " ")
		s := &p.init[0]
		if name != "init" {
			s = &p.containers[map[string]int{"a": 0, "b": 1}[name]]
		}
		switch what {
		case "run":
			nowRunning(s, "uid", 0)
		case "ready":
			s.Ready = true
		case "ok":
			nowTerminated(s, sandbox.Exit{Finished: time.Now()})
			if name == "init" {
				p.initialized++
			}
		case "fail":
			nowTerminated(s, sandbox.Exit{Code: 2, Finished: time.Now()})
		case "wait":
			nowWaiting(s, "CrashLoopBackOff", "")
		}
	}
	return p
}

func TestAPodsPhaseFollowsItsContainers(t *testing.T) {
	always, onFailure, never := corev1.RestartPolicyAlways, corev1.RestartPolicyOnFailure, corev1.RestartPolicyNever
	for _, c := range []struct {
		policy corev1.RestartPolicy
		events string
		want   corev1.PodPhase
	}{
		{always, "", corev1.PodPending},
		{always, "init run", corev1.PodPending},
		{always, "init fail", corev1.PodPending},
		{never, "init fail", corev1.PodFailed},
		{always, "init ok,a run", corev1.PodPending},
		{always, "init ok,a run,b run", corev1.PodRunning},
		{always, "init ok,a run,b run,b fail,b wait", corev1.PodRunning},
		{always, "init ok,a run,b run,a ok,b ok", corev1.PodRunning},
		{onFailure, "init ok,a run,b run,a ok,b fail", corev1.PodRunning},
		{onFailure, "init ok,a run,b run,a ok,b ok", corev1.PodSucceeded},
		{never, "init ok,a run,b run,a ok", corev1.PodRunning},
		{never, "init ok,a run,b run,a ok,b fail", corev1.PodFailed},
	} {
		pod := podOf(c.policy)
		if got := after(pod, strings.Split(c.events, ",")...).phase(pod); got != c.want {
			t.Errorf("%s, %s: got %s, want %s", c.policy, c.events, got, c.want)
		}
	}
}

func TestAPodIsReadyWhenAllContainersAreAndKeepsWhatOthersWrote(t *testing.T) {
	pod := podOf(corev1.RestartPolicyAlways)
	conditions := func(status corev1.PodStatus) string {
		all := []string{}
		for _, c := range status.Conditions {
			all = append(all, string(c.Type)+"="+string(c.Status))
		}
		return strings.Join(all, " ")
	}
	half := after(pod, "init ok", "a run", "a ready", "b run").status(pod, "192.168.1.21", "10.244.1.2", metav1.Now())
	if got, want := conditions(half), "PodScheduled=True PodReadyToStartContainers=True Initialized=True ContainersReady=False Ready=False"; got != want {
		t.Errorf("one of two ready:\ngot  %s\nwant %s", got, want)
	}
	pod.Status = half
	whole := after(pod, "init ok", "a run", "a ready", "b run", "b ready").status(pod, "192.168.1.21", "10.244.1.2", metav1.Now())
	if got, want := conditions(whole), "PodScheduled=True PodReadyToStartContainers=True Initialized=True ContainersReady=True Ready=True"; got != want {
		t.Errorf("both ready:\ngot  %s\nwant %s", got, want)
	}
	if whole.QOSClass != corev1.PodQOSBurstable || whole.ObservedGeneration != 3 || whole.PodIPs[0].IP != "10.244.1.2" || !whole.StartTime.Equal(half.StartTime) {
		t.Errorf("got %+v", whole)
	}
	if before, now := half.Conditions[2], whole.Conditions[2]; !before.LastTransitionTime.Equal(&now.LastTransitionTime) {
		t.Error("the time of a condition that stayed has changed")
	}
}

func TestALifeBeforeTheLabsRestartIsCounted(t *testing.T) {
	pod := podOf(corev1.RestartPolicyAlways)
	pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "a", ContainerID: "starbase://uid/a/4", RestartCount: 4}, {Name: "b"}}
	if got := livesBefore(pod); len(got) != 1 || got["a"] != 5 {
		t.Errorf("got %v", got)
	}
	if got := begin(pod).containers[0].RestartCount; got != 4 {
		t.Errorf("the count is %d until the container has started again, want 4", got)
	}
}

func TestThePodsOwnCommandAndArgumentsReachTheProgram(t *testing.T) {
	variables := map[string]string{"CILIUM_DEBUG": "false"}
	for _, c := range []struct {
		image string
		c     corev1.Container
		want  string
	}{
		{"cilium/operator-generic", corev1.Container{Command: []string{"cilium-operator-generic"}, Args: []string{"--debug=$(CILIUM_DEBUG)", "$(OTHER)"}},
			"/usr/bin/cilium-operator-generic --debug=false $(OTHER)"},
		{"cilium/operator-generic", corev1.Container{Command: []string{"/opt/operator", "--first"}, Args: []string{"--second"}},
			"/opt/operator --first --second"},
		{"jetstack/cert-manager-webhook", corev1.Container{Args: []string{"--v=2"}}, "/usr/bin/cert-manager webhook --v=2"},
	} {
		got := strings.Join(arguments(images.Default().Find(c.image, false, false), c.c, variables), " ")
		if got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestAKubeletsVersionIsItsImagesTag(t *testing.T) {
	for image, want := range map[string]string{
		"ghcr.io/siderolabs/kubelet:v1.36.4": "v1.36.4", "localhost:5000/kubelet:v1.35.0@sha256:abc": "v1.35.0", "localhost:5000/kubelet": "",
	} {
		if got := VersionOf(image); got != want {
			t.Errorf("%s: got %q, want %q", image, got, want)
		}
	}
}
