package starbase.proxmox;

import java.util.List;
import starbase.kubernetes.Version;
import starbase.machines.Machine;

/**
 * The inputs of {@link Proxmox}.
 *
 * @param image the image that machines boot
 * @param stack the stack's name, part of the tags of its objects in Proxmox
 * @param talos the version that the machines boot
 * @param machines those with a host; others exist already
 * @param report the hosts' answers before the first resource
 */
public record ProxmoxArgs(
    ImageConfig image, String stack, Version talos, List<Machine> machines, HostReport report) {}
