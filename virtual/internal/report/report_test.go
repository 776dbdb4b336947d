package report

import (
	"strings"
	"testing"
	"time"
)

func TestAStepThatEndedWellIsALineWithItsTime(t *testing.T) {
	for _, c := range []struct {
		step Step
		want string
	}{
		{Step{Name: "control plane"}, ""},
		{Step{Name: "control plane", Ended: true, Took: 4512 * time.Millisecond}, "  control plane               4.5s\n"},
		{Step{Name: "control plane", Ended: true, Error: "no"}, ""},
	} {
		var out strings.Builder
		if c.step.Print(&out); out.String() != c.want {
			t.Errorf("%+v: got %q, want %q", c.step, out.String(), c.want)
		}
	}
}

func TestATablesColumnsAreAligned(t *testing.T) {
	var out strings.Builder
	if err := Table(&out, []string{"part", "is"}, [][]string{{"cilium-operator", "real"}, {"etcd", "real"}}); err != nil {
		t.Fatal(err)
	}
	want := "  part              is\n  cilium-operator   real\n  etcd              real\n"
	if out.String() != want {
		t.Fatalf("got\n%s\nwant\n%s", out.String(), want)
	}
}
