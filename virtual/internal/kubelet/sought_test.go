package kubelet

import (
	"fmt"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

func TestAPodThatDeclaresNoPortIsSoughtWhereServicesSendTo(t *testing.T) {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "a", Labels: map[string]string{"app": "web", "tier": "front"}},
		Spec: corev1.PodSpec{Containers: []corev1.Container{{}}}}
	for _, test := range []struct{ name, service, want string }{
		{"the target port", "{namespace: a}|{selector: {app: web}, ports: [{port: 80, targetPort: 3000}]}", "[3000]"},
		{"the port itself", "{namespace: a}|{selector: {app: web}, ports: [{port: 80}, {port: 81, targetPort: 80}]}", "[80]"},
		{"a port by name", "{namespace: a}|{selector: {app: web}, ports: [{port: 80, targetPort: http}, {port: 81, targetPort: none}]}", "[]"},
		{"UDP", "{namespace: a}|{selector: {app: web}, ports: [{port: 80, protocol: UDP}]}", "[]"},
		{"another pod's", "{namespace: a}|{selector: {app: other}, ports: [{port: 80}]}", "[]"},
		{"nobody's", "{namespace: a}|{ports: [{port: 80}]}", "[]"},
		{"another namespace's", "{namespace: b}|{selector: {app: web}, ports: [{port: 80}]}", "[]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var service corev1.Service
			metadata, spec, _ := strings.Cut(test.service, "|")
			if err := yaml.Unmarshal([]byte("metadata: "+metadata+"\nspec: "+spec), &service); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(undeclared(pod, []any{&service})); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAPodThatDeclaresAPortIsSoughtNowhereElse(t *testing.T) {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "a", Labels: map[string]string{"app": "web"}}}
	service := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: "a"},
		Spec: corev1.ServiceSpec{Selector: pod.Labels, Ports: []corev1.ServicePort{{Port: 8099}}}}
	for _, test := range []struct {
		name     string
		declared corev1.ContainerPort
		want     string
	}{
		{"TCP", corev1.ContainerPort{ContainerPort: 8080}, "[]"},
		{"UDP alone", corev1.ContainerPort{ContainerPort: 53, Protocol: corev1.ProtocolUDP}, "[8099]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			pod.Spec.Containers = []corev1.Container{{}, {Ports: []corev1.ContainerPort{test.declared}}}
			if got := fmt.Sprint(undeclared(pod, []any{service})); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
