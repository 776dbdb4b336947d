package proxmox

import "time"

// State is everything the cluster knows; it is what the control API dumps and the JSON file keeps.
type State struct {
	Nodes    map[string]*Node    `json:"nodes"`
	Storages map[string]*Storage `json:"storages"`
	Volumes  []*Volume           `json:"volumes"`
	VMs      map[int]*VM         `json:"vms"`
	Pools    map[string]*Pool    `json:"pools"`
	Tokens   map[string]*Token   `json:"tokens"`
	// Roles are named lists of privileges.
	Roles map[string][]string `json:"roles"`
	// PCIMappings are the cluster's names for passed-through devices: name → node → device address.
	PCIMappings map[string]map[string]string `json:"pciMappings"`
	Tasks       []*Task                      `json:"tasks"`
	// Generation numbers volumes in the order of their creation; a number is never given twice.
	Generation int `json:"generation"`
	// PID numbers worker processes.
	PID int `json:"pid"`
	// Unknown counts requests for endpoints that are not simulated, by method and path.
	Unknown map[string]int `json:"unknown"`
}

// Node is a Proxmox host.
type Node struct {
	Name    string   `json:"name"`
	Address string   `json:"address"`
	Cores   int      `json:"cores"`
	Memory  int64    `json:"memory"` // bytes
	Bridges []string `json:"bridges"`
	// Resolver is the host's own; machines without name servers of their own get it.
	Resolver Resolver `json:"resolver"`
}

// Pool is a named set of machines that access rules can be given for.
type Pool struct {
	ID      string `json:"poolid"`
	Comment string `json:"comment,omitempty"`
}

// Power is a machine's state as Proxmox reports it.
type Power string

// A machine that starts or stops is reported in its old state until the task is done.
const (
	Stopped Power = "stopped"
	Running Power = "running"
)

// VM is a virtual machine.
type VM struct {
	ID   int    `json:"vmid"`
	Node string `json:"node"`
	Pool string `json:"pool,omitempty"`
	// Config is what the machine runs with, or will start with when it is stopped.
	Config Config `json:"config"`
	// Pending are changes that wait for the machine's next start; an empty value is a deletion.
	Pending Config `json:"pending,omitempty"`
	Power   Power  `json:"power"`
	// Lock names the operation that holds the machine ("create", "migrate"), as the config shows it.
	Lock string `json:"lock,omitempty"`
	// Dark machines run but never boot; a fault.
	Dark bool `json:"dark,omitempty"`
	// Agent is what the guest agent publishes; nil while none answers.
	Agent   []Interface `json:"agent,omitempty"`
	PID     int         `json:"pid,omitempty"`
	Started time.Time   `json:"started,omitzero"`
	Created time.Time   `json:"created,omitzero"`

	busy bool // a task or a synchronous change holds the machine's lock file
}

func newState() *State {
	return &State{
		Nodes: map[string]*Node{}, Storages: map[string]*Storage{}, VMs: map[int]*VM{}, Pools: map[string]*Pool{},
		Tokens: map[string]*Token{}, Roles: map[string][]string{}, PCIMappings: map[string]map[string]string{}, Unknown: map[string]int{},
	}
}
