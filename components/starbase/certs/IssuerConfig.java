package starbase.certs;

import java.util.List;
import starbase.kubernetes.Manifest;
import starbase.net.DnsLabel;

/** The issuer that signs the certificates. */
public sealed interface IssuerConfig permits SelfSigned, InternalCa, AcmeDns01 {
  /** The issuer's name. */
  DnsLabel name();

  /** The namespace that its certificates are in. */
  DnsLabel namespace();

  /** Issuer, for one namespace, or ClusterIssuer, for all. */
  String kind();

  /**
   * What it is made of, in order: each is ready before the next is made; the last is the issuer.
   */
  List<Manifest> chain();

  /** Whether its certificates are trusted only by those who were given its own. */
  default boolean hasOwnRoot() {
    return false;
  }
}
