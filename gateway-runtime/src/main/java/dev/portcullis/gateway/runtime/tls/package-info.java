/** Encryption: the certificate and its key, read, made and renewed; which gateways a command believes. */
@NullMarked
package dev.portcullis.gateway.runtime.tls;

import org.jspecify.annotations.NullMarked;
