package starbase.proxmox;

import starbase.kubernetes.ClusterPlan;
import starbase.net.NetworkConfig;

/**
 * What machines are made for and put into.
 *
 * @param stack the stack's name: it stands in the tags of all that is the stack's own in Proxmox
 * @param cluster the cluster's identifier
 * @param plan the cluster's nodes, with their addresses; the version of Talos is given
 * @param network the LAN, its router and DNS servers
 */
public record Site(String stack, String cluster, ClusterPlan plan, NetworkConfig network) {}
