package proxmox

import "strings"

// pingAgent answers when the guest agent does.
func pingAgent(c *call) (any, error) {
	if _, err := c.agent(); err != nil {
		return nil, err
	}
	return map[string]any{"result": map[string]any{}}, nil
}

func getInterfaces(c *call) (any, error) {
	vm, err := c.agent()
	if err != nil {
		return nil, err
	}
	list := []map[string]any{}
	for _, i := range vm.Agent {
		addresses := []map[string]any{}
		for _, a := range i.Addresses {
			address, length, _ := strings.Cut(a, "/")
			kind := "ipv4"
			if strings.Contains(address, ":") {
				kind = "ipv6"
			}
			addresses = append(addresses, map[string]any{"ip-address": address, "ip-address-type": kind, "prefix": number(length)})
		}
		list = append(list, map[string]any{"name": i.Name, "hardware-address": i.MAC, "ip-addresses": addresses})
	}
	return map[string]any{"result": list}, nil
}

// agent finds a machine whose agent answers. Proxmox 9 has privileges of their own for that.
func (c *call) agent() (*VM, error) {
	privilege := "VM.GuestAgent.Audit"
	if c.isBefore(c.server(), 9, 0) {
		privilege = "VM.Monitor"
	}
	vm, err := c.vm(privilege)
	switch {
	case err != nil:
		return nil, err
	case vm.Power != Running:
		return nil, died("VM %d is not running", vm.ID)
	case !vm.hasAgent():
		return nil, died("No QEMU guest agent configured")
	case vm.Agent == nil:
		return nil, died("QEMU guest agent is not running")
	}
	return vm, nil
}
