package dev.portcullis.gateway.runtime.auth;

import java.util.Objects;
import java.util.Optional;

/**
 * Who a request comes from, as far as addresses tell; decided once, before authentication.
 *
 * @param peerAddress the other end of the connection, in canonical form (a mapped IPv4 address as IPv4)
 * @param clientAddress whom the request is attributed to; empty exactly if it cannot be attributed
 * @param trustedPeer whether the peer is one of {@code gateway.trustedProxies}, whatever it said of the client
 */
public record Attribution(Kind kind, String peerAddress, Optional<String> clientAddress, boolean trustedPeer) {
    /** How the client is known. */
    public enum Kind {
        /** A loopback peer, and no sign of a proxy. */
        DIRECT_LOCAL,
        /** Another peer, and no sign of a proxy. */
        DIRECT_REMOTE,
        /** The peer is a trusted proxy and named the client. */
        TRUSTED_PROXY,
        /** Signs of a proxy that is not trusted, or a trusted proxy that names no client: answered with 403. */
        UNATTRIBUTABLE
    }

    public Attribution {
        Objects.requireNonNull(peerAddress, "peerAddress");
        if (clientAddress.isEmpty() != (kind == Kind.UNATTRIBUTABLE)) {
            throw new IllegalArgumentException("A client address belongs to every kind but UNATTRIBUTABLE");
        }
    }

    static Attribution direct(boolean local, String peer, boolean trustedPeer) {
        return new Attribution(local ? Kind.DIRECT_LOCAL : Kind.DIRECT_REMOTE, peer, Optional.of(peer), trustedPeer);
    }

    static Attribution proxied(String peer, String client) {
        return new Attribution(Kind.TRUSTED_PROXY, peer, Optional.of(client), true);
    }

    static Attribution none(String peer, boolean trustedPeer) {
        return new Attribution(Kind.UNATTRIBUTABLE, peer, Optional.empty(), trustedPeer);
    }

    /** The client, or the peer where no client is known: what logs and limits go by. */
    public String client() {
        return clientAddress.orElse(peerAddress);
    }
}
