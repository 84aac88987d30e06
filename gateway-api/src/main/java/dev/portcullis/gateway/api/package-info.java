/** Marks that hold for the whole API. */
@NullMarked
package dev.portcullis.gateway.api;

import org.jspecify.annotations.NullMarked;
