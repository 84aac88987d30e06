/** What the gateway counts and times, and how others read it: the only room that knows the Prometheus library. */
@NullMarked
package dev.portcullis.gateway.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
