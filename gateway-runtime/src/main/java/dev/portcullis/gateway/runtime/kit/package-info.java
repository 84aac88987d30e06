/** What the test kit is lent: a gateway's road without a socket. The one package that another module sees. */
@NullMarked
package dev.portcullis.gateway.runtime.kit;

import org.jspecify.annotations.NullMarked;
