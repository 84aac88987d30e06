package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.runtime.telemetry.BoundedCalls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks one provider: one of the gateway's own on the spot, a plugin's with a time limit. */
final class ProviderCaller {
    private final NamedAuthenticator provider;
    private final BoundedCalls calls;

    ProviderCaller(NamedAuthenticator provider, Duration limit) {
        this.provider = provider;
        this.calls =
                new BoundedCalls("auth-provider-" + provider.name(), limit, "gateway.invoke.authProviderTimeoutMs");
    }

    NamedAuthenticator provider() {
        return provider;
    }

    /** Asks, and throws whatever the provider throws, or that it gave no answer. */
    @Nullable
    AuthResult ask(AuthRequest request) throws Throwable {
        return provider.bounded()
                ? calls.call(() -> provider.authenticator().authenticate(request))
                : provider.authenticator().authenticate(request);
    }
}
