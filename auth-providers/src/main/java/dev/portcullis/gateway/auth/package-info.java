/** Token, password, trusted proxy, and open authentication. */
@NullMarked
package dev.portcullis.gateway.auth;

import org.jspecify.annotations.NullMarked;
