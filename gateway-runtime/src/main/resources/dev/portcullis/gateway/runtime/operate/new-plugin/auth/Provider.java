package __PACKAGE__;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.plugin.PluginContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Admits one caller by a key in a header. Settings below {@code plugins.entries.__NAME__.config}: {@code key}, and
 * {@code caller}, the name that logs and policies see.
 */
public final class __CLASS__ implements AuthProvider {
    private static final String HEADER = "X-Caller-Key";

    /** Created by the gateway. */
    public __CLASS__() {}

    @Override
    public String name() {
        return "__NAME__";
    }

    @Override
    public Kind kind() {
        return Kind.IDENTITY;
    }

    @Override
    public Authenticator create(PluginContext context) {
        byte[] key = bytes(context.config().requiredString("key"));
        Principal caller = Principal.of(context.config().requiredString("caller"), Set.of(Scope.WRITE));
        return request -> authenticate(request, key, caller);
    }

    /** A wrong key is rejected and counted; no key is no business of ours, so that other providers are asked. */
    private static AuthResult authenticate(AuthRequest request, byte[] key, Principal caller) {
        return request.header(HEADER)
                .map(presented -> MessageDigest.isEqual(bytes(presented), key)
                        ? AuthResult.authenticated(caller)
                        : AuthResult.rejected(AuthFailure.wrong("key_mismatch")))
                .orElseGet(() -> AuthResult.abstained(AuthFailure.missing("key_missing")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
