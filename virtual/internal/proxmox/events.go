package proxmox

import "time"

// Event is one line of the event log.
type Event struct {
	Number int       `json:"number"`
	Time   time.Time `json:"time"`
	// Kind is request, task, power, volume, fault or error.
	Kind string `json:"kind"`
	// What is the request's method and path, the task's type and outcome, the power event.
	What   string            `json:"what"`
	VMID   int               `json:"vmid,omitempty"`
	Node   string            `json:"node,omitempty"`
	Status int               `json:"status,omitempty"`
	Reason string            `json:"reason,omitempty"`
	Params map[string]string `json:"params,omitempty"`
}

// Events returns the events after the one with the number given; 0 returns all.
func (c *Cluster) Events(after int) []Event { return c.events.Since(after) }
