package l2

import (
	"net"

	"starbase.example/virtual/internal/lan"
)

// interfaces are the node's own: those with its address, not the bridges of its pods and Services. The agent takes those
// by which the node is reached, too.
func interfaces(node *lan.Node) ([]string, error) {
	var names []string
	err := node.Namespace().Do(func() error {
		all, err := net.Interfaces()
		if err != nil {
			return err
		}
		for _, device := range all {
			addresses, err := device.Addrs()
			if err != nil {
				return err
			}
			for _, address := range addresses {
				if network, ok := address.(*net.IPNet); ok && network.IP.String() == node.Address().String() {
					names = append(names, device.Name)
				}
			}
		}
		return nil
	})
	return names, err
}
