package dev.portcullis.gateway.runtime.config;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP address literals and nothing but: no names, wildcards, masks, zones, or legacy numeric spellings. An IPv4
 * address written as IPv6 counts as the IPv4 address it is. For whoever reads addresses of configurations and of requests.
 */
public final class Addresses {
    private static final IPAddressStringParameters STRICT = strict();
    private static final Pattern CIDR = Pattern.compile("([^/]+)/(0|[1-9]\\d{0,2})");
    private static final int MAPPED_PREFIX = 96;
    private static final int SUBSCRIBER = 64;
    private static final String LOOPBACK = "127.0.0.1";

    private Addresses() {}

    /** One address. */
    public static Optional<IPAddress> parse(String text) {
        return exact(text).map(Addresses::unmapped);
    }

    /** As written: a mapped address stays IPv6. */
    private static Optional<IPAddress> exact(String text) {
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
    public static Optional<IPAddress> parseHop(String item) {
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

    /** One address, or a range in CIDR notation, with blanks around it. */
    public static Optional<IPAddress> parseRange(String entry) {
        String text = entry.strip();
        Matcher cidr = CIDR.matcher(text);
        if (!cidr.matches()) {
            return parse(text);
        }
        int prefix = Integer.parseInt(cidr.group(2));
        return exact(cidr.group(1))
                .filter(address -> prefix <= address.getBitCount())
                .map(address -> block(address, prefix));
    }

    private static IPAddress block(IPAddress address, int prefix) {
        IPAddress unmapped = unmapped(address);
        if (address.isIPv6() && unmapped.isIPv4() && prefix >= MAPPED_PREFIX) {
            return unmapped.toPrefixBlock(prefix - MAPPED_PREFIX);
        }
        return address.toPrefixBlock(prefix);
    }

    private static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    /** As it is compared and shown. */
    public static String canonical(IPAddress address) {
        return address.toCanonicalString();
    }

    /**
     * What counts as one client, because one caller has all of it: an IPv4 address, the /64 network of an IPv6 address, or the
     * loopback addresses together.
     */
    public static String subscriber(IPAddress address) {
        if (address.isLoopback()) {
            return LOOPBACK;
        }
        return canonical(address.isIPv6() ? address.toPrefixBlock(SUBSCRIBER) : address);
    }

    /** The same of the address of a socket; what is no address stands for itself. */
    public static String subscriber(String address) {
        return parseHop(address).map(Addresses::subscriber).orElse(address);
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
