/** The configuration: from a file to records, with all problems at once. Knows no other room. */
@NullMarked
package dev.portcullis.gateway.runtime.config;

import org.jspecify.annotations.NullMarked;
