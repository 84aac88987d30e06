package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as an authenticator sees it. */
final class FakeRequest implements AuthRequest {
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private String peer = "127.0.0.1";
    private boolean trustedPeer;
    private boolean viaProxy;

    static FakeRequest local() {
        return new FakeRequest();
    }

    /** Through a trusted proxy that named the client. */
    static FakeRequest through(String proxy) {
        FakeRequest request = new FakeRequest();
        request.peer = proxy;
        request.trustedPeer = true;
        request.viaProxy = true;
        return request;
    }

    FakeRequest from(String address) {
        peer = address;
        return this;
    }

    FakeRequest unattributed() {
        viaProxy = false;
        return this;
    }

    FakeRequest untrusted() {
        trustedPeer = false;
        viaProxy = false;
        return this;
    }

    FakeRequest with(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(value);
        return this;
    }

    @Override
    public String clientAddress() {
        return viaProxy ? "203.0.113.9" : peer;
    }

    @Override
    public String peerAddress() {
        return peer;
    }

    @Override
    public boolean directLocal() {
        return !viaProxy && peer.equals("127.0.0.1");
    }

    @Override
    public boolean viaTrustedProxy() {
        return viaProxy;
    }

    @Override
    public boolean peerIsTrustedProxy() {
        return trustedPeer;
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst().map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Optional<String> bearer() {
        return header("authorization").map(value -> value.substring("Bearer ".length()));
    }
}
