package dev.portcullis.gateway.runtime.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.gateway.runtime.config.Addresses;
import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says who a request comes from. Immutable apart from a bounded cache of peers; one per configuration. */
public final class IngressAttribution {
    private static final int CACHED_PEERS = 4096;
    private static final Set<String> TAILSCALE = Set.of(
            "tailscale-funnel-request",
            "tailscale-headers-info",
            "tailscale-user-login",
            "tailscale-user-name",
            "tailscale-user-profile-pic");

    private record Peer(String canonical, boolean loopback, boolean trusted) {}

    private final TrustedProxies trusted;
    private final boolean allowRealIpFallback;
    // Parsing and matching an address takes microseconds, and a proxy sends every request from one of a few.
    private final Cache<String, Peer> peers =
            Caffeine.newBuilder().maximumSize(CACHED_PEERS).build();

    public IngressAttribution(List<String> trustedProxies, boolean allowRealIpFallback) {
        this.trusted = new TrustedProxies(trustedProxies);
        this.allowRealIpFallback = allowRealIpFallback;
    }

    /** Attributes a request whose connection comes from the peer, an IP address literal. */
    public Attribution attribute(String peerAddress, Headers headers) {
        Peer peer = peers.get(peerAddress, this::look);
        boolean evidence = proxyEvidence(headers);
        if (peer.loopback && !evidence) {
            return Attribution.direct(true, peer.canonical, peer.trusted);
        }
        if (peer.trusted) {
            return client(headers)
                    .filter(client -> !client.isLoopback())
                    .map(client -> Attribution.proxied(peer.canonical, Addresses.canonical(client)))
                    .orElseGet(() -> Attribution.none(peer.canonical, true));
        }
        return evidence ? Attribution.none(peer.canonical, false) : Attribution.direct(false, peer.canonical, false);
    }

    /** Whether the peer, an IP address literal, is one of {@code gateway.trustedProxies}. */
    public boolean trusts(String peerAddress) {
        return peers.get(peerAddress, this::look).trusted;
    }

    private Peer look(String peerAddress) {
        return Addresses.parseHop(peerAddress)
                .map(address -> new Peer(Addresses.canonical(address), address.isLoopback(), trusted.contains(address)))
                .orElseGet(() -> new Peer(peerAddress, false, false));
    }

    private static boolean proxyEvidence(Headers headers) {
        for (String name : headers.names()) {
            if (!mayBeEvidence(name)) {
                continue;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-forwarded-")
                    || lower.equals("forwarded")
                    || lower.equals("x-real-ip")
                    || TAILSCALE.contains(lower)) {
                return true;
            }
        }
        return false;
    }

    /** By the first letter: most names need no second look. */
    private static boolean mayBeEvidence(String name) {
        return switch (name.isEmpty() ? ' ' : name.charAt(0)) {
            case 'x', 'X', 'f', 'F', 't', 'T' -> true;
            default -> false;
        };
    }

    /**
     * From the right, because only what trusted hops appended can be believed. They and loopback are stepped over; what is
     * no address ends the search, for what stands before it is whatever the client wrote.
     */
    private Optional<IPAddress> client(Headers headers) {
        List<String> forwarded = headers.all("x-forwarded-for");
        if (forwarded.isEmpty()) {
            return allowRealIpFallback ? realIp(headers) : Optional.empty();
        }
        String[] hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<IPAddress> hop = Addresses.parseHop(hops[i]);
            if (hop.isEmpty() || !(hop.get().isLoopback() || trusted.contains(hop.get()))) {
                return hop;
            }
        }
        return Optional.empty();
    }

    /** Two of them are not both the proxy's. */
    private static Optional<IPAddress> realIp(Headers headers) {
        List<String> sent = headers.all("x-real-ip");
        return sent.size() == 1 ? Addresses.parseHop(sent.getFirst()) : Optional.empty();
    }
}
