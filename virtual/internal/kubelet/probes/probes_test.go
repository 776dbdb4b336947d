package probes

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func TestThresholdsCountChecksInARowAtTheProbesOwnTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		results := []bool{false, true, true, false, false, true, false, false, false}
		ctx, cancel := context.WithCancel(t.Context())
		begun := time.Now()
		got := []string{}
		check := func(context.Context) error {
			result := results[0]
			if results = results[1:]; len(results) == 0 {
				cancel()
			}
			if result {
				return nil
			}
			return errors.New("refused")
		}
		Watch(ctx, corev1.Probe{InitialDelaySeconds: 5, PeriodSeconds: 2, SuccessThreshold: 2, FailureThreshold: 2}, check, func(err error) {
			word := "passed"
			if err != nil {
				word = err.Error()
			}
			got = append(got, time.Since(begun).String()+" "+word)
		})
		want := "9s passed, 13s refused, 19s refused"
		if joined := strings.Join(got, ", "); joined != want {
			t.Errorf("got  %s\nwant %s", joined, want)
		}
	})
}

func TestAnHTTPProbeGoesToTheNamedPortAndJudgesTheAnswer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "http://other.example/", http.StatusFound)
		case r.URL.Path != "/healthz" || r.URL.RawQuery != "deep=1" || r.Host != "probe.example":
			http.Error(w, "not "+r.Host+r.URL.String(), http.StatusInternalServerError)
		}
	}))
	defer server.Close()
	port := int32(server.Listener.Addr().(*net.TCPAddr).Port)
	container := corev1.Container{Name: "main", Ports: []corev1.ContainerPort{{Name: "health", ContainerPort: port}}}
	check := func(path, portName string) error {
		probe := corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{
			Path: path, Port: intstr.FromString(portName), HTTPHeaders: []corev1.HTTPHeader{{Name: "Host", Value: "probe.example"}}}}}
		return For(probe, container, "127.0.0.1", new(net.Dialer).DialContext)(t.Context())
	}
	for _, path := range []string{"/healthz?deep=1", "/moved"} {
		if err := check(path, "health"); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := check("/else", "health"); err == nil || !strings.HasSuffix(err.Error(), "answered 500 Internal Server Error: not probe.example/else") {
		t.Errorf("got %v", err)
	}
	if err := check("/healthz", "web"); err == nil || err.Error() != `container main has no port named "web"` {
		t.Errorf("got %v", err)
	}
}

func TestATCPProbePassesOnlyWhenSomebodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	probe := corev1.Probe{ProbeHandler: corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{
		Port: intstr.FromInt(listener.Addr().(*net.TCPAddr).Port)}}}
	check := For(probe, corev1.Container{}, "127.0.0.1", new(net.Dialer).DialContext)
	if err := check(t.Context()); err != nil {
		t.Error(err)
	}
	listener.Close()
	if err := check(t.Context()); err == nil {
		t.Error("passed although nobody listens")
	}
}
