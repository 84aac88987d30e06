package dev.portcullis.gateway.runtime.auth;

import inet.ipaddr.IPAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entries of {@code gateway.trustedProxies}: addresses and CIDR ranges. */
final class TrustedProxies {
    private static final Pattern CIDR = Pattern.compile("([^/]+)/(0|[1-9]\\d{0,2})");
    private static final int MAPPED_PREFIX = 96;

    private final List<IPAddress> blocks = new ArrayList<>();

    /** Entries that are not understood trust nobody; reading the configuration warns of them. */
    TrustedProxies(List<String> entries) {
        for (String entry : entries) {
            block(entry.strip()).ifPresent(blocks::add);
        }
    }

    boolean contains(IPAddress address) {
        for (IPAddress block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<IPAddress> block(String entry) {
        Matcher cidr = CIDR.matcher(entry);
        if (!cidr.matches()) {
            return Addresses.parse(entry);
        }
        int prefix = Integer.parseInt(cidr.group(2));
        return Addresses.exact(cidr.group(1))
                .filter(address -> prefix <= address.getBitCount())
                .map(address -> block(address, prefix));
    }

    private static IPAddress block(IPAddress address, int prefix) {
        IPAddress unmapped = Addresses.unmapped(address);
        if (address.isIPv6() && unmapped.isIPv4() && prefix >= MAPPED_PREFIX) {
            return unmapped.toPrefixBlock(prefix - MAPPED_PREFIX);
        }
        return address.toPrefixBlock(prefix);
    }
}
