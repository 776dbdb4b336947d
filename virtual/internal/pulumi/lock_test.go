package pulumi

import (
	"strings"
	"testing"
	"time"
)

func TestARunThatDidNotEndWellLeavesAMark(t *testing.T) {
	e := someEngine(t)
	take := func() *lock {
		t.Helper()
		l, err := e.lock("pulumi up")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	killed := take()
	if killed.unclean() {
		t.Fatal("a fresh lab is said to need repair")
	}
	if err := killed.mark("pulumi up"); err != nil {
		t.Fatal(err)
	}
	killed.release()

	repaired := take()
	if !repaired.unclean() {
		t.Fatal("the mark is gone")
	}
	if err := repaired.clear(); err != nil {
		t.Fatal(err)
	}
	repaired.release()
	if last := take(); last.unclean() {
		t.Fatal("a run that ended well left a mark")
	}
}

func TestASecondRunWaitsForTheFirstAndKnowsWhoItIs(t *testing.T) {
	e := someEngine(t)
	t.Setenv(CallerVariable, "4711")
	first, err := e.lock("pulumi up")
	if err != nil {
		t.Fatal(err)
	}
	if err := first.mark("pulumi up"); err != nil {
		t.Fatal(err)
	}
	if got, want := first.describe(), `"pulumi up" (process 4711) is at work on this lab since `; !strings.HasPrefix(got, want) {
		t.Fatalf("got %q, want %q and a time", got, want)
	}
	second := make(chan error, 1)
	go func() {
		l, err := e.lock("pulumi up")
		if err == nil {
			l.release()
		}
		second <- err
	}()
	select {
	case err := <-second:
		t.Fatalf("the second run did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	first.release()
	if err := <-second; err != nil {
		t.Fatal(err)
	}
}
