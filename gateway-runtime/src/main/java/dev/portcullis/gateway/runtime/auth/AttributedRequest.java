package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an authenticator sees of a request. */
final class AttributedRequest implements AuthRequest {
    private static final String BEARER = "bearer ";

    private final Attribution attribution;
    private final Headers sent;

    /** Looked for once, since the authenticator wants it and so does the limiter; empty for none. */
    private @Nullable String shown;

    AttributedRequest(Attribution attribution, Headers sent) {
        this.attribution = attribution;
        this.sent = sent;
    }

    Headers sent() {
        return sent;
    }

    @Override
    public String clientAddress() {
        return attribution.client();
    }

    @Override
    public String peerAddress() {
        return attribution.peerAddress();
    }

    @Override
    public boolean directLocal() {
        return attribution.kind() == Attribution.Kind.DIRECT_LOCAL;
    }

    @Override
    public boolean viaTrustedProxy() {
        return attribution.kind() == Attribution.Kind.TRUSTED_PROXY;
    }

    @Override
    public boolean peerIsTrustedProxy() {
        return attribution.trustedPeer();
    }

    @Override
    public Optional<String> header(String name) {
        List<String> values = sent.all(name);
        return values.isEmpty() ? Optional.empty() : nonEmpty(values.getFirst().strip());
    }

    @Override
    public List<String> headers(String name) {
        return sent.all(name);
    }

    @Override
    public Optional<String> bearer() {
        return nonEmpty(shown());
    }

    /** The bearer credential; empty for none. */
    String shown() {
        String known = shown;
        if (known == null) {
            known = find();
            shown = known;
        }
        return known;
    }

    private String find() {
        List<String> values = sent.all("authorization");
        String value = values.isEmpty() ? "" : values.getFirst().strip();
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : "";
    }

    private static Optional<String> nonEmpty(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Header values are credentials. */
    @Override
    public String toString() {
        return "AuthRequest[" + attribution.kind() + " " + attribution.client() + "]";
    }
}
