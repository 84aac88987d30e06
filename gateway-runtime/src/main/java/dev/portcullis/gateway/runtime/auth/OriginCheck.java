package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.runtime.config.Addresses;
import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import inet.ipaddr.IPAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the web page that a browser says it calls for may use a credential that the browser has without asking: the
 * network (mode none), or the session with a proxy.
 */
final class OriginCheck {
    private static final List<IPAddress> PRIVATE = List.of(
            block("10.0.0.0/8"),
            block("172.16.0.0/12"),
            block("192.168.0.0/16"),
            block("169.254.0.0/16"),
            block("100.64.0.0/10"),
            block("fe80::/10"),
            block("fc00::/7"));

    private record Origin(String text, String host, String authority) {}

    private final Set<String> allowed;
    private final boolean hostHeader;

    OriginCheck(BrowserOrigins origins) {
        this.allowed = origins.allowed().stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        this.hostHeader = origins.hostHeader();
    }

    /** A request without {@code Origin} is no web page's and passes. */
    boolean passes(Headers headers, boolean directLocal) {
        List<String> all = headers.all("origin");
        if (all.isEmpty()) {
            return true;
        }
        List<String> sent = all.stream().filter(value -> !value.isBlank()).toList();
        if (sent.isEmpty()) {
            return true;
        }
        Optional<Origin> origin = sent.size() == 1 ? parse(sent.getFirst()) : Optional.empty();
        return origin.isPresent() && permitted(origin.get(), headers, directLocal);
    }

    private boolean permitted(Origin origin, Headers headers, boolean directLocal) {
        if (allowed.contains("*") || allowed.contains(origin.text)) {
            return true;
        }
        boolean ownHost = headers.all("host").stream()
                .findFirst()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> withoutDefaultPort(host, origin.text).equals(origin.authority))
                .isPresent();
        if (ownHost && (hostHeader || nearby(origin.host, directLocal))) {
            return true;
        }
        return directLocal && loopback(origin.host);
    }

    private static Optional<Origin> parse(String value) {
        try {
            String text = value.strip().toLowerCase(Locale.ROOT);
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean bare = host != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return bare && web
                    ? Optional.of(new Origin(text, host, withoutDefaultPort(uri.getRawAuthority(), text)))
                    : Optional.empty();
        } catch (URISyntaxException notAnOrigin) {
            return Optional.empty();
        }
    }

    private static String withoutDefaultPort(String authority, String origin) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /** Names of a neighbourhood are for callers from there: on the machine itself they could be anybody's. */
    private static boolean nearby(String host, boolean directLocal) {
        return (!directLocal && (host.endsWith(".local") || host.endsWith(".ts.net")))
                || Addresses.parseHop(host)
                        .filter(address -> PRIVATE.stream().anyMatch(block -> block.contains(address)))
                        .isPresent();
    }

    private static boolean loopback(String host) {
        return host.equals("localhost")
                || Addresses.parseHop(host).filter(IPAddress::isLoopback).isPresent();
    }

    private static IPAddress block(String cidr) {
        return Addresses.parseRange(cidr).orElseThrow();
    }
}
