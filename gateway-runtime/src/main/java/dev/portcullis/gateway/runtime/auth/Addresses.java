package dev.portcullis.gateway.runtime.auth;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Optional;

/**
 * IP address literals and nothing but: no names, ranges, wildcards, masks, zones, or legacy numeric spellings. An IPv4
 * address written as IPv6 counts as the IPv4 address it is.
 */
final class Addresses {
    private static final IPAddressStringParameters STRICT = strict();

    private Addresses() {}

    static Optional<IPAddress> parse(String text) {
        return exact(text).map(Addresses::unmapped);
    }

    /** As written: a mapped address stays IPv6. */
    static Optional<IPAddress> exact(String text) {
        if (text.isEmpty() || text.length() > 45) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new IPAddressString(text, STRICT).toAddress());
        } catch (AddressStringException | RuntimeException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The address of a socket or of an {@code X-Forwarded-For} item: port, brackets and zone are taken off. */
    static Optional<IPAddress> parseHop(String item) {
        String text = item.strip();
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0 || !text.substring(close + 1).matches("(:\\d{1,5})?")) {
                return Optional.empty();
            }
            text = text.substring(1, close);
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.matches("[^:]+:\\d{1,5}")) {
            text = text.substring(0, text.indexOf(':'));
        }
        int zone = text.indexOf('%');
        return parse(zone < 0 ? text : text.substring(0, zone));
    }

    static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    static String canonical(IPAddress address) {
        return address.toCanonicalString();
    }

    private static IPAddressStringParameters strict() {
        IPAddressStringParameters.Builder builder = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowWildcardedSeparator(false)
                .allowMask(false)
                .allowPrefix(false)
                .allowPrefixOnly(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        builder.getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowLeadingZeros(false)
                .allowBinary(false);
        builder.getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false);
        builder.getIPv6AddressParametersBuilder()
                .getEmbeddedIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowLeadingZeros(false);
        return builder.toParams();
    }
}
