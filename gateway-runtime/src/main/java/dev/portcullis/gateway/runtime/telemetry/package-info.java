/**
 * What the gateway counts and times, and how others read it: the only room that knows the Prometheus library. And what a thread
 * works for, with the threads on which plugins are asked for a decision.
 */
@NullMarked
package dev.portcullis.gateway.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
