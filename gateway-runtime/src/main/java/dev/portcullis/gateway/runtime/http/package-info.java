/** HTTP in and out: the only room that knows Helidon or a status code. */
@NullMarked
package dev.portcullis.gateway.runtime.http;

import org.jspecify.annotations.NullMarked;
