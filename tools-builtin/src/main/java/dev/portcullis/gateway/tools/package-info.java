/** The built-in tools: sessions, agents, and the gateway itself. */
@NullMarked
package dev.portcullis.gateway.tools;

import org.jspecify.annotations.NullMarked;
