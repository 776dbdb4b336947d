/**
 * What is looked at before the first resource, when the lab makes machines: that their ids in
 * Proxmox are free or the stack's own.
 *
 * <p>The provider (0.111.1) does not say so itself. It tries a creation again that Proxmox has
 * refused, takes "already exists" for its own first try, and so resizes, starts and keeps a machine
 * that is somebody else's.
 */
@NullMarked
package starbase.preflight;

import org.jspecify.annotations.NullMarked;
