package dev.portcullis.gateway.runtime.cli;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** To whom a credential may be sent unencrypted: this machine, and networks that are somebody's own. */
final class PlainText {
    private static final String ALLOWED = "OPENCLAW_ALLOW_INSECURE_PRIVATE_WS";
    private static final Set<String> NEAR = Set.of("localhost");
    private static final List<String> NEARBY = List.of(".localhost", ".local", ".ts.net");
    private static final List<IPAddress> PRIVATE = List.of(
            block("127.0.0.0/8"),
            block("10.0.0.0/8"),
            block("172.16.0.0/12"),
            block("192.168.0.0/16"),
            block("169.254.0.0/16"),
            block("100.64.0.0/10"),
            block("::1/128"),
            block("fe80::/10"),
            block("fc00::/7"));

    private PlainText() {}

    /** @param named what names the gateway */
    static void refuse(String named, URI base, Surroundings surroundings) {
        if ("https".equals(base.getScheme()) || near(base.getHost())) {
            return;
        }
        boolean allowed = surroundings
                .variable(ALLOWED)
                .filter(value -> value.equals("1"))
                .isPresent();
        if (!allowed) {
            throw CliException.usage(named + " " + base + " is neither encrypted nor on a network of your own, and a"
                    + " credential would be readable on the way: use https:// or wss://, an SSH tunnel, or set "
                    + ALLOWED + "=1 if you know the way");
        }
    }

    private static boolean near(String host) {
        if (NEAR.contains(host) || NEARBY.stream().anyMatch(host::endsWith)) {
            return true;
        }
        IPAddress address = new IPAddressString(host.replaceAll("[\\[\\]]", "")).getAddress();
        return address != null && PRIVATE.stream().anyMatch(block -> block.contains(address));
    }

    private static IPAddress block(String cidr) {
        return new IPAddressString(cidr).getAddress().toPrefixBlock();
    }
}
