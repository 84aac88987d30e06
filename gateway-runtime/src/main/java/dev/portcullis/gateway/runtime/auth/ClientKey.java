package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.runtime.config.Addresses;
import inet.ipaddr.IPAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client as failures are counted: an IPv4 address, a /64 network of IPv6, {@code unknown}, or a name that is no address on
 * purpose.
 *
 * @param group what clients share that one caller can have many of: the /48 network, or all pages in local browsers; null if
 *     nothing
 */
record ClientKey(String text, @Nullable String group, boolean loopback) {
    private static final String PAGE = "browser-origin:";
    private static final int SITE = 48;

    static ClientKey of(String client) {
        if (client.startsWith(PAGE)) {
            return new ClientKey(client, "browser-origins", false);
        }
        if (client.startsWith("identity:")) {
            return new ClientKey(client, null, false);
        }
        Optional<IPAddress> address = Addresses.parseHop(client);
        return address.map(ClientKey::of).orElseGet(() -> new ClientKey("unknown", null, false));
    }

    private static ClientKey of(IPAddress address) {
        boolean many = address.isIPv6() && !address.isLoopback();
        return new ClientKey(
                Addresses.subscriber(address),
                many ? Addresses.canonical(address.toPrefixBlock(SITE)) : null,
                address.isLoopback());
    }
}
