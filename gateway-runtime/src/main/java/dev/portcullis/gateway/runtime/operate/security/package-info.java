/** What an operator should know before exposing a gateway: one small class a check, over a configuration and its files. */
@NullMarked
package dev.portcullis.gateway.runtime.operate.security;

import org.jspecify.annotations.NullMarked;
