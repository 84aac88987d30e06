package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthRequest;
import java.util.List;
import java.util.Optional;

/** What an authenticator sees of a request. */
record AttributedRequest(Attribution attribution, Headers sent) implements AuthRequest {
    private static final String BEARER = "bearer ";

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
        return sent.all(name).stream().findFirst().map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public List<String> headers(String name) {
        return sent.all(name);
    }

    @Override
    public Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(value -> !value.isEmpty());
    }

    /** Header values are credentials. */
    @Override
    public String toString() {
        return "AuthRequest[" + attribution.kind() + " " + attribution.client() + "]";
    }
}
