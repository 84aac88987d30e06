package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator with what its provider said of itself.
 *
 * @param bounded whether it may take no longer than the configuration says, because nobody knows what it does
 */
public record NamedAuthenticator(String name, AuthProvider.Kind kind, Authenticator authenticator, boolean bounded) {
    /** In plain: the ones that a record has by itself are spun at every start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedAuthenticator that
                && name.equals(that.name)
                && kind == that.kind
                && authenticator.equals(that.authenticator)
                && bounded == that.bounded;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, authenticator);
    }
}
