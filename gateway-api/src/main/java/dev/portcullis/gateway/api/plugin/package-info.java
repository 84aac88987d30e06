/** What the gateway hands to a plugin when it is loaded, and lends to one invocation. */
@NullMarked
package dev.portcullis.gateway.api.plugin;

import org.jspecify.annotations.NullMarked;
