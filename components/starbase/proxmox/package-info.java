/**
 * The lab's machines on Proxmox VE: the image that they start from, and the virtual machines.
 * Depends on hosts that are there; provides machines that wait, at the plan's addresses, for the
 * configuration of Talos.
 *
 * <p>All of it goes through Proxmox's API with a token. What would need SSH to a host, as disks
 * from a file's id and snippets do, is not used.
 */
@NullMarked
package starbase.proxmox;

import org.jspecify.annotations.NullMarked;
