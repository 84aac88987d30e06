package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Believes the user header of a trusted proxy, and of nobody else. */
final class TrustedProxyAuthenticator implements Authenticator {
    private static final int LONGEST_REASON = 64;
    private static final int LONGEST_USER = 256;

    private final ProxySettings settings;
    private final LocalInterfaces interfaces;

    TrustedProxyAuthenticator(ProxySettings settings, LocalInterfaces interfaces) {
        this.settings = settings;
        this.interfaces = interfaces;
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        if (settings.userHeader().isEmpty()) {
            return abstained("trusted_proxy_config_missing");
        }
        Optional<String> refusal = source(request).or(() -> missingHeader(request));
        List<String> users = request.headers(settings.userHeader()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (users.isEmpty()) {
            return abstained(refusal.orElse("trusted_proxy_user_missing"));
        }
        if (refusal.isPresent()) {
            return rejected(refusal.get());
        }
        // Two user headers: one of them is not the proxy's.
        Optional<String> user =
                users.size() > 1 ? Optional.empty() : text(users.getFirst()).filter(this::allowed);
        if (user.isEmpty()) {
            return rejected("trusted_proxy_user_not_allowed");
        }
        if (!request.viaTrustedProxy()) {
            return rejected("proxy_attribution_required");
        }
        return AuthResult.authenticated(Principal.of(user.get(), Scope.OPERATOR_DEFAULTS));
    }

    private Optional<String> source(AuthRequest request) {
        if (!settings.proxiesConfigured()) {
            return Optional.of("trusted_proxy_no_proxies_configured");
        }
        if (!request.peerIsTrustedProxy()) {
            return Optional.of("trusted_proxy_untrusted_source");
        }
        InetAddress peer = InetAddress.ofLiteral(request.peerAddress());
        if (peer.isLoopbackAddress()) {
            return settings.allowLoopback() ? Optional.empty() : Optional.of("trusted_proxy_loopback_source");
        }
        try {
            // Any process of this host can connect from its own addresses, and say what it likes.
            return interfaces.own(peer) ? Optional.of("trusted_proxy_local_interface_source") : Optional.empty();
        } catch (IOException unknown) {
            return Optional.of("trusted_proxy_local_interface_check_failed");
        }
    }

    private Optional<String> missingHeader(AuthRequest request) {
        return settings.requiredHeaders().stream()
                .filter(name -> request.header(name).isEmpty())
                .findFirst()
                .map(TrustedProxyAuthenticator::missingReason);
    }

    private static String missingReason(String header) {
        String reason = "trusted_proxy_missing_header_"
                + header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    /** Proxies write names in UTF-8, of which a header has the bytes. */
    private static Optional<String> text(String header) {
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(header));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private boolean allowed(String user) {
        boolean printable = user.length() <= LONGEST_USER && user.chars().noneMatch(Character::isISOControl);
        return printable
                && (settings.allowUsers().isEmpty() || settings.allowUsers().contains(user));
    }

    private static AuthResult abstained(String reason) {
        return AuthResult.abstained(AuthFailure.missing(reason));
    }

    private static AuthResult rejected(String reason) {
        return AuthResult.rejected(AuthFailure.missing(reason));
    }
}
