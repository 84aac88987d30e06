/** Plain values as JSON text and back, where nothing may be made or loaded that is not needed. */
@NullMarked
package dev.portcullis.gateway.runtime.json;

import org.jspecify.annotations.NullMarked;
