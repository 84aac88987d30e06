/** The commands: each a small class that reads files or calls a running gateway, and prints. */
@NullMarked
package dev.portcullis.gateway.runtime.cli;

import org.jspecify.annotations.NullMarked;
