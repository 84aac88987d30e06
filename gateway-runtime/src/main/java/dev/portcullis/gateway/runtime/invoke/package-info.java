/** The road of one invocation, and the only caller of a tool. */
@NullMarked
package dev.portcullis.gateway.runtime.invoke;

import org.jspecify.annotations.NullMarked;
