/** Who is the peer, and who is the caller: attribution, the chain of authenticators, the limiter of failures. */
@NullMarked
package dev.portcullis.gateway.runtime.auth;

import org.jspecify.annotations.NullMarked;
