package starbase.proxmox;

import starbase.net.DnsLabel;
import starbase.net.HostName;

/**
 * A machine that was removed from the plan while its host does not answer. It can't be deleted now,
 * so it stays unchanged in the stack's state until a later `up` deletes it.
 *
 * @param name of its node
 * @param host where it is
 * @param vmId its VM id in Proxmox
 */
public record StrandedMachine(DnsLabel name, HostName host, int vmId) {}
