/** A gateway for unit tests. Start with {@link dev.portcullis.gateway.testkit.TestGateway}. */
@NullMarked
package dev.portcullis.gateway.testkit;

import org.jspecify.annotations.NullMarked;
