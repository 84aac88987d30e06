/** The gateway protocol over WebSocket: frames as plain values, in and out. Knows neither sockets nor JSON. */
@NullMarked
package dev.portcullis.gateway.runtime.ws;

import org.jspecify.annotations.NullMarked;
