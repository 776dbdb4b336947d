package lab

// Machine is a machine of the lab, as seen from outside.
type Machine struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	On      bool   `json:"on"`
}

// switches are the machines' power switches.
type switches interface {
	// Machines lists all machines, in order.
	Machines() []Machine
	// PowerOff switches a machine off as pulling its plug does: it is gone from the LAN at once, and takes leave of
	// nobody. It returns when nothing runs on it any more. Its disk stays: what the control plane stored is there at the
	// next start. Switching off what is off changes nothing.
	PowerOff(name string) error
	// PowerOn boots a machine. When its node is Ready is for the cluster to say. Switching on what is on changes nothing.
	PowerOn(name string) error
}
