/**
 * cert-manager, an issuer and the certificates. Depends on a network and on the namespaces that the
 * certificates' secrets are put in; provides those secrets to Gateways.
 */
@NullMarked
package starbase.certs;

import org.jspecify.annotations.NullMarked;
