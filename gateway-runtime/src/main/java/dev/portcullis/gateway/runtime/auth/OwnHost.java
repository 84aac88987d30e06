package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.runtime.config.Addresses;
import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a request names this gateway as its host. A web page that had its own name resolved to the gateway's address is
 * a page of the gateway to its browser, which then sends no {@code Origin}: only {@code Host} still has the page's name. It is
 * looked at where no secret is shown; whoever shows one is no such page.
 */
final class OwnHost {
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY = "*";

    private final Set<String> named;
    private final boolean any;
    private final LocalAddresses here;

    OwnHost(BrowserOrigins origins) {
        this(origins, OwnHost::ofThisMachine);
    }

    OwnHost(BrowserOrigins origins, LocalAddresses here) {
        this.named = origins.allowed().stream()
                .map(OwnHost::host)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        this.any = origins.hostHeader()
                || origins.allowed().stream().anyMatch(origin -> origin.strip().equals(ANY));
        this.here = here;
    }

    /** Whether an address is one of the machine's. */
    interface LocalAddresses {
        boolean has(InetAddress address) throws SocketException;
    }

    private static boolean ofThisMachine(InetAddress address) throws SocketException {
        return NetworkInterface.getByInetAddress(address) != null;
    }

    /** A loopback name, an address of this machine, or the host of an origin that may call; a request without one has none. */
    boolean named(Headers headers) {
        if (any) {
            return true;
        }
        List<String> sent = headers.all("host");
        if (sent.size() != 1) {
            return false;
        }
        String host = withoutPort(sent.getFirst().strip().toLowerCase(Locale.ROOT));
        // what nearly all callers of this machine send is told without making an address of it
        return host.equals(LOCALHOST) || host.equals(LOOPBACK) || named.contains(host) || address(host);
    }

    private boolean address(String host) {
        Optional<IPAddress> address = Addresses.parse(host);
        if (address.isEmpty()) {
            return false;
        }
        try {
            return address.get().isLoopback() || here.has(address.get().toInetAddress());
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static Optional<String> host(String origin) {
        try {
            String host = new URI(origin.strip().toLowerCase(Locale.ROOT)).getHost();
            return Optional.ofNullable(host).map(OwnHost::withoutPort);
        } catch (URISyntaxException noOrigin) {
            return Optional.empty();
        }
    }

    /** An IPv6 address loses its brackets. */
    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(1, end);
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
