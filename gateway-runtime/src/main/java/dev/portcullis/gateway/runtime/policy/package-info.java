/** The one decision: labelled steps that a tool must survive, the HTTP deny list last. */
@NullMarked
package dev.portcullis.gateway.runtime.policy;

import org.jspecify.annotations.NullMarked;
