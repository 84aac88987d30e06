/** One record for every request; never arguments, results or secrets. */
@NullMarked
package dev.portcullis.gateway.runtime.audit;

import org.jspecify.annotations.NullMarked;
