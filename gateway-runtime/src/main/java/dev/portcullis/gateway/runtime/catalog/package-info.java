/** The tools of a snapshot, and the check of arguments against their schemas. */
@NullMarked
package dev.portcullis.gateway.runtime.catalog;

import org.jspecify.annotations.NullMarked;
