package proxmox

import (
	"net/http"
	"strconv"
)

// listTasks answers the node's last tasks, newest first.
func listTasks(c *call) (any, error) {
	list := []map[string]any{}
	for i := len(c.state.Tasks) - 1; i >= 0 && len(list) < 50; i-- {
		t := c.state.Tasks[i]
		if t.Node != c.vars["node"] || c.params["vmid"] != "" && t.ID != c.params["vmid"] {
			continue
		}
		list = append(list, t.status())
	}
	return list, nil
}

func getTaskStatus(c *call) (any, error) {
	t, err := c.task()
	if err != nil {
		return nil, err
	}
	return t.status(), nil
}

// getTaskLog answers the log's lines; a limit of 50 is the API's default.
func getTaskLog(c *call) (any, error) {
	t, err := c.task()
	if err != nil {
		return nil, err
	}
	limit, first := 50, number(c.params["start"])
	if l := number(c.params["limit"]); l > 0 {
		limit = l
	}
	lines := []map[string]any{}
	for i := first; i < len(t.Log) && len(lines) < limit; i++ {
		lines = append(lines, map[string]any{"n": i + 1, "t": t.Log[i]})
	}
	return lines, nil
}

// endTask kills a worker; one that has ended is left alone.
func endTask(c *call) (any, error) {
	t, err := c.task()
	if err != nil {
		return nil, err
	}
	if t.End.IsZero() {
		t.aborted = true
		c.touch()
	}
	return nil, nil
}

func (c *call) task() (*Task, error) {
	for _, t := range c.state.Tasks {
		if t.UPID == c.vars["upid"] {
			return t, nil
		}
	}
	return nil, refused(http.StatusBadRequest, "no such task")
}

// status is the task as the API shows it: numbers are numbers, exitstatus is there only after the end.
func (t *Task) status() map[string]any {
	s := map[string]any{
		"upid": t.UPID, "node": t.Node, "pid": t.PID, "pstart": t.PID * 7, "starttime": t.Start.Unix(),
		"type": t.Type, "id": t.ID, "user": t.User, "status": "running",
	}
	if !t.End.IsZero() {
		s["status"], s["exitstatus"], s["endtime"] = "stopped", t.Exit, t.End.Unix()
	}
	return s
}

func vmID(id int) string { return strconv.Itoa(id) }
