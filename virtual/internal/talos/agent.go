package talos

import "starbase.example/virtual/internal/proxmox"

// agentExtension is the system extension that brings QEMU's guest agent.
const agentExtension = "siderolabs/qemu-guest-agent"

// startAgent lets the guest agent answer, if the machine has one. In maintenance mode it never does: extension services
// start after the machine config.
func (l *life) startAgent() {
	if !l.hasExtension(agentExtension) || !l.machine.pass(l.ctx, startTime+agentTime) {
		return
	}
	card := l.session.vm.NICs[0]
	l.machine.tell("agent", "answers", "")
	l.machine.fleet.hypervisor.AgentUp(l.machine.vmid, []proxmox.Interface{{Name: link, MAC: card.MAC, Addresses: []string{l.prefix.String()}}})
}
