package starbase.proxmox;

import starbase.net.DnsLabel;
import starbase.net.HostName;

/**
 * A machine that the plan has no more, on a host that does not answer: it can't be deleted now. It
 * stays in the stack's state as it is, so that a later `up` deletes it.
 *
 * @param name of its node
 * @param host where it is
 * @param vmId Proxmox's number of it
 */
public record StrandedMachine(DnsLabel name, HostName host, int vmId) {}
