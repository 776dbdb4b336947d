package proxmox

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// strike finds the first fault of the kind that fits and still has hits left, and uses one up.
func (c *Cluster) strike(do Action, node string, vmid int, fits func(*Fault) bool) *Fault {
	for _, f := range c.faults {
		if f.Do == do && (f.VMID == 0 || f.VMID == vmid) && (f.Node == "" || f.Node == node) &&
			(f.Times == 0 || f.Hits < f.Times) && fits(f) {
			f.Hits++
			c.events.Add(Event{Kind: "fault", What: f.Preset, Node: node, VMID: vmid})
			return f
		}
	}
	return nil
}

func (f *Fault) text(vmid int) string {
	return strings.ReplaceAll(f.Reason, "{vmid}", fmt.Sprint(vmid))
}

func (f *Fault) duration() time.Duration { return time.Duration(f.Seconds * float64(time.Second)) }

// onRequest says whether the fault is meant for this request.
func (f *Fault) onRequest(c *call) bool {
	return (f.Method == "" || f.Method == c.method) && regexp.MustCompile("^(?:"+f.Path+")$").MatchString(c.path)
}

// about is the machine that a request is about.
func (c *call) about() int {
	if id := number(c.vars["vmid"]); id != 0 {
		return id
	}
	return number(c.params["vmid"])
}

func (c *call) faultBefore() error {
	if f := c.strike(Reply, c.vars["node"], c.about(), func(f *Fault) bool { return f.onRequest(c) }); f != nil {
		return refused(f.Status, "%s", f.text(c.about()))
	}
	if c.strike(Reset, c.vars["node"], c.about(), func(f *Fault) bool { return f.onRequest(c) }) != nil {
		return errReset
	}
	return nil
}

func (c *call) cutAfter() bool {
	return c.strike(ResetAfter, c.vars["node"], c.about(), func(f *Fault) bool { return f.onRequest(c) }) != nil
}

func (c *Cluster) strikeTask(do Action, t *Task) *Fault {
	return c.strike(do, t.Node, t.vmid, func(f *Fault) bool { return f.Task == "" || f.Task == t.Type })
}

func (c *Cluster) faultOfTask(t *Task) error {
	if f := c.strikeTask(Exit, t); f != nil {
		return errors.New(f.text(t.vmid))
	}
	return nil
}

func (c *Cluster) warningOfTask(t *Task) string {
	if f := c.strikeTask(Warn, t); f != nil {
		return f.text(t.vmid)
	}
	return ""
}

func (c *Cluster) slowness(t *Task) time.Duration {
	if f := c.strikeTask(Slow, t); f != nil {
		return f.duration()
	}
	return 0
}

func (c *Cluster) lag(listing string, vmid int) time.Duration {
	if f := c.strike(Lag, "", vmid, func(f *Fault) bool { return f.Listing == listing }); f != nil {
		return f.duration()
	}
	return 0
}

// standing finds a fault that is a state and not an event: it holds for as long as it is set.
func (c *Cluster) standing(do Action, node string, fits func(*Fault) bool) *Fault {
	for _, f := range c.faults {
		if f.Do == do && (f.Node == "" || f.Node == node) && (fits == nil || fits(f)) {
			f.Hits++
			return f
		}
	}
	return nil
}

// BuildTime is how long the Image Factory takes for what it is asked for the first time, on the day's clock.
func (c *Cluster) BuildTime() time.Duration {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if f := c.standing(Build, "", nil); f != nil {
		return c.clock.realTime(f.duration())
	}
	return 0
}

func (c *Cluster) isDown(node string) bool { return c.standing(Down, node, nil) != nil }

// lacks says whether something with a name has been taken away.
func (c *Cluster) lacks(name string) bool {
	return c.standing(Without, "", func(f *Fault) bool { return f.Reason == name }) != nil
}

func (c *Cluster) neverBoots(vmid int) bool {
	return c.strike(Dark, "", vmid, func(*Fault) bool { return true }) != nil
}

func (c *Cluster) isDeaf(vmid int) bool {
	return c.strike(Deaf, "", vmid, func(*Fault) bool { return true }) != nil
}
