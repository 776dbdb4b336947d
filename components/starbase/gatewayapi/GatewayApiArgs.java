package starbase.gatewayapi;

import java.util.List;
import starbase.kubernetes.Manifest;
import starbase.kubernetes.Waits;

/**
 * The inputs of {@link GatewayApi}.
 *
 * @param bundle all objects of the bundle's files
 * @param waits waits for the objects in the cluster
 */
public record GatewayApiArgs(List<Manifest> bundle, Waits waits) {}
