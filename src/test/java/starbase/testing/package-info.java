/** What tests share: a recording monitor, the real stack file, the pinned modules' files. */
package starbase.testing;
