package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Which addresses {@code gateway.bind} means. Never wider than asked for: what is not there is an error. */
final class BindAddresses {
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

    private static List<InetAddress> withLoopback(InetAddress address) {
        return address.isLoopbackAddress() ? List.of(address) : List.of(address, InetAddress.ofLiteral(LOOPBACK));
    }

    private static List<InetAddress> tailnet() throws SocketException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses().filter(BindAddresses::inTailnet).forEach(found::add);
        }
        return found.isEmpty() ? List.of(InetAddress.ofLiteral(LOOPBACK)) : withLoopback(found.getFirst());
    }

    /** 100.64.0.0/10, which Tailscale hands out; RFC 6598. */
    private static boolean inTailnet(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    }
}
