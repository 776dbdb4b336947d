/**
 * What tests share: a recording monitor, stack files, the pinned modules' files.
 *
 * <p>Where a test names Pulumi.lab.yaml or Pulumi.idp.yaml, it is the one in
 * src/test/resources/labs.
 */
package starbase.testing;
