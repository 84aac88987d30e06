/** What operators run, as values; prints nothing. */
@NullMarked
package dev.portcullis.gateway.runtime.operate;

import org.jspecify.annotations.NullMarked;
