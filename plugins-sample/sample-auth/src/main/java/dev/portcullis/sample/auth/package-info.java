/** API keys, as an example of an auth provider. */
@NullMarked
package dev.portcullis.sample.auth;

import org.jspecify.annotations.NullMarked;
