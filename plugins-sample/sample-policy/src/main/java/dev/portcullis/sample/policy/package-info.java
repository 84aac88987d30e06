/** Tools by the hour, as an example of a policy source. */
@NullMarked
package dev.portcullis.sample.policy;

import org.jspecify.annotations.NullMarked;
