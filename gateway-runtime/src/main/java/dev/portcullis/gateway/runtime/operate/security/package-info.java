/**
 * What an operator should know before exposing a gateway: one small class a check, over a configuration, its files, and
 * what a running gateway answered if it was asked.
 */
@NullMarked
package dev.portcullis.gateway.runtime.operate.security;

import org.jspecify.annotations.NullMarked;
