/** The composition root. */
@NullMarked
package dev.portcullis.gateway.runtime;

import org.jspecify.annotations.NullMarked;
