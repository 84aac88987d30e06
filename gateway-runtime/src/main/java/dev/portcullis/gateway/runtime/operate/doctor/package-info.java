/** Looks at a gateway that may or may not run, says what is wrong with it and its surroundings, and repairs what needs no decision. */
@NullMarked
package dev.portcullis.gateway.runtime.operate.doctor;

import org.jspecify.annotations.NullMarked;
