/** Plugins: scanned, verified, loaded into layers of their own, closed in reverse. */
@NullMarked
package dev.portcullis.gateway.runtime.plugin;

import org.jspecify.annotations.NullMarked;
