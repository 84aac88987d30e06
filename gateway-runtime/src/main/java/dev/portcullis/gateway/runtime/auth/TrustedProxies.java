package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.runtime.config.Addresses;
import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.Optional;

/** The entries of {@code gateway.trustedProxies}: addresses and CIDR ranges. */
final class TrustedProxies {
    private final List<IPAddress> blocks;

    /** Entries that are not understood trust nobody; reading the configuration warns of them. */
    TrustedProxies(List<String> entries) {
        this.blocks = entries.stream()
                .map(Addresses::parseRange)
                .flatMap(Optional::stream)
                .toList();
    }

    boolean contains(IPAddress address) {
        for (IPAddress block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
