/** Tools: what a caller may invoke, how it describes itself, what it gets and what it gives back. */
@NullMarked
package dev.portcullis.gateway.api.tool;

import org.jspecify.annotations.NullMarked;
