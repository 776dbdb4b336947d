/** Follows a request through a lab, step by step, and says where it ends and who answers for it. */
@NullMarked
package starbase.tools.doctor;

import org.jspecify.annotations.NullMarked;
