package proxmox

import (
	"fmt"
	"strings"
	"time"
)

// Task is a worker process of a host: work that goes on after the request that began it was answered.
type Task struct {
	UPID  string    `json:"upid"`
	Node  string    `json:"node"`
	Type  string    `json:"type"`
	ID    string    `json:"id"`
	User  string    `json:"user"`
	PID   int       `json:"pid"`
	Start time.Time `json:"start"`
	// End is zero while the task runs; then Exit is "OK", "WARNINGS: n" or what went wrong.
	End  time.Time `json:"end,omitzero"`
	Exit string    `json:"exit,omitempty"`
	Log  []string  `json:"log"`

	vmid    int
	aborted bool
	undo    func()
}

// usual is how long tasks take on the cluster's clock; a task that is not listed takes a second.
var usual = map[string]time.Duration{
	"qmcreate": 4 * time.Second, "qmstart": 2 * time.Second, "qmdestroy": 2 * time.Second,
	"download": 8 * time.Second, "qmigrate": 10 * time.Second, "qmmove": 5 * time.Second,
}

// begin starts a worker. work runs with the mutex held, when the task's time has passed; what it returns is the task's
// outcome. Handlers return the task: the reply then names it.
func (c *call) begin(kind, id string, work func(t *Task) error) *Task {
	c.state.PID++
	t := &Task{
		Node: c.vars["node"], Type: kind, ID: id, User: c.token.ID, PID: c.state.PID,
		Start: c.clock.Now(), vmid: number(c.vars["vmid"]),
	}
	if kind == "qmcreate" {
		t.vmid = number(id)
	}
	// The grammar that clients check: UPID:node:pid:pstart:starttime:type:id:user: with numbers in hex.
	t.UPID = fmt.Sprintf("UPID:%s:%08X:%08X:%08X:%s:%s:%s:", t.Node, t.PID, t.PID*7, t.Start.Unix(), t.Type, t.ID, t.User)
	c.state.Tasks = append(c.state.Tasks, t)
	c.taskEvent(t, "began")
	c.touch()
	go c.work(t, work)
	return t
}

func (c *Cluster) work(t *Task, work func(t *Task) error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	length, ok := usual[t.Type]
	if !ok {
		length = time.Second
	}
	c.pass(length + c.slowness(t))
	err := c.faultOfTask(t)
	if err == nil {
		err = work(t)
	}
	c.end(t, err)
}

// end writes the outcome. A warning is no failure: it stands in the log, and its count is the exit status.
func (c *Cluster) end(t *Task, err error) {
	switch {
	case t.aborted:
		t.Exit = "interrupted by signal"
	case err != nil:
		t.Exit = err.Error()
		if t.undo != nil {
			t.undo()
		}
	default:
		if text := c.warningOfTask(t); text != "" {
			t.Log = append(t.Log, "WARN: "+text)
			t.Exit = "WARNINGS: 1"
		} else {
			t.Exit = "OK"
		}
	}
	if t.Exit != "OK" && !strings.HasPrefix(t.Exit, "WARNINGS") {
		t.Log = append(t.Log, "TASK ERROR: "+t.Exit)
	} else {
		t.Log = append(t.Log, "TASK "+t.Exit)
	}
	t.End = c.clock.Now()
	c.taskEvent(t, t.Exit)
	c.touch()
}

// onFailure says what to do when the task fails.
func (t *Task) onFailure(undo func()) *Task {
	t.undo = undo
	return t
}

func (t *Task) say(format string, args ...any) { t.Log = append(t.Log, fmt.Sprintf(format, args...)) }

func (c *Cluster) taskEvent(t *Task, what string) {
	c.events.Add(Event{Kind: "task", What: t.Type + " " + what, Node: t.Node, VMID: t.vmid})
}
