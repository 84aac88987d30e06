/** Sessions: from keys and headers to the context of an invocation; the session store. */
@NullMarked
package dev.portcullis.gateway.runtime.session;

import org.jspecify.annotations.NullMarked;
