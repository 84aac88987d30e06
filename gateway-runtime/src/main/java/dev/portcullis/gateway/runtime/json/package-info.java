/** Plain values as JSON text, where nothing may be made that is thrown away at once. */
@NullMarked
package dev.portcullis.gateway.runtime.json;

import org.jspecify.annotations.NullMarked;
