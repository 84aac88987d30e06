package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which addresses {@code gateway.bind} means. Never wider than asked for: what is not there is an error. */
final class BindAddresses {
    private static final System.Logger LOG = System.getLogger(BindAddresses.class.getName());
    private static final byte[] TAILSCALE = {(byte) 0xfd, 0x7a, 0x11, 0x5c, (byte) 0xa1, (byte) 0xe0};
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOOPBACK_6 = "::1";
    private static final String EVERYWHERE = "0.0.0.0";

    private BindAddresses() {}

    /** The addresses, the primary one first. */
    static List<InetAddress> of(ServerConfig server) throws SocketException {
        return switch (server.bind()) {
            case LOOPBACK -> loopback();
            case LAN -> List.of(InetAddress.ofLiteral(EVERYWHERE));
            case CUSTOM ->
                withLoopback(InetAddress.ofLiteral(server.customBindHost().orElse(LOOPBACK)));
            case TAILNET -> tailnet();
            case AUTO -> throw new IllegalArgumentException("bind \"auto\" is resolved when the configuration is read");
        };
    }

    /** Both families where the machine has both: clients that look up {@code localhost} may try either first. */
    private static List<InetAddress> loopback() throws SocketException {
        List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.ofLiteral(LOOPBACK)));
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses()
                    .filter(address -> address instanceof Inet6Address && address.isLoopbackAddress())
                    .findFirst()
                    .ifPresent(found -> addresses.add(InetAddress.ofLiteral(LOOPBACK_6)));
        }
        return addresses.stream().distinct().toList();
    }

    /** Loopback is part of every address, and part of itself. */
    private static List<InetAddress> withLoopback(InetAddress address) {
        boolean includesIt = address.isAnyLocalAddress() || address.equals(InetAddress.ofLiteral(LOOPBACK));
        return includesIt ? List.of(address) : List.of(address, InetAddress.ofLiteral(LOOPBACK));
    }

    private static List<InetAddress> tailnet() throws SocketException {
        Optional<InetAddress> found = tailnet(NetworkInterface.networkInterfaces()
                .map(network -> new Interface(
                        network.getName() + " " + network.getDisplayName(),
                        network.inetAddresses().toList()))
                .toList());
        if (found.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "gateway.bind is \"tailnet\", but no interface of this machine has an address of a tailnet"
                            + " (100.64.0.0/10): the gateway listens on 127.0.0.1 alone. Start Tailscale, then the gateway.");
        }
        return found.map(BindAddresses::withLoopback).orElse(List.of(InetAddress.ofLiteral(LOOPBACK)));
    }

    /** What a machine calls an interface, and its addresses. */
    record Interface(String name, List<InetAddress> addresses) {
        boolean tailscale() {
            return name.toLowerCase(Locale.ROOT).contains("tailscale")
                    || addresses.stream().anyMatch(BindAddresses::inTailscaleBlock);
        }
    }

    /** Providers hand out the same range to their customers, so an interface of Tailscale's goes first. */
    static Optional<InetAddress> tailnet(List<Interface> interfaces) {
        return interfaces.stream()
                .sorted(Comparator.comparing((Interface one) -> !one.tailscale()))
                .flatMap(one -> one.addresses().stream())
                .filter(BindAddresses::inTailnet)
                .findFirst();
    }

    /** fd7a:115c:a1e0::/48, which is Tailscale's own. */
    private static boolean inTailscaleBlock(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address && Arrays.equals(Arrays.copyOf(bytes, TAILSCALE.length), TAILSCALE);
    }

    /** 100.64.0.0/10, which Tailscale hands out; RFC 6598. */
    private static boolean inTailnet(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    }
}
