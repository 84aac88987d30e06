package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthRequest;
import java.util.List;
import java.util.Optional;

/** What an authenticator sees of a request. */
final class AttributedRequest implements AuthRequest {
    private final Attribution attribution;
    private final Headers sent;

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
        return sent.bearer();
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
