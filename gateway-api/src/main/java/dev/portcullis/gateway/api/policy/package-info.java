/** Policy: labelled rules that narrow which tools a context may reach. */
@NullMarked
package dev.portcullis.gateway.api.policy;

import org.jspecify.annotations.NullMarked;
