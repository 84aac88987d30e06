/** Authentication: from the credentials of a request to the principal who sent it. */
@NullMarked
package dev.portcullis.gateway.api.auth;

import org.jspecify.annotations.NullMarked;
