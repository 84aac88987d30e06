package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Which addresses {@code gateway.bind} means. Never wider than asked for: what is not there is an error. */
final class BindAddresses {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    private BindAddresses() {}

    /** The addresses, the primary one first. */
    static List<InetAddress> of(ServerConfig server, boolean container) throws SocketException {
        return switch (server.bind()) {
            case LOOPBACK -> List.of(InetAddress.ofLiteral(LOOPBACK));
            case LAN -> List.of(InetAddress.ofLiteral(EVERYWHERE));
            case AUTO -> List.of(InetAddress.ofLiteral(container ? EVERYWHERE : LOOPBACK));
            case CUSTOM ->
                withLoopback(InetAddress.ofLiteral(server.customBindHost().orElse(LOOPBACK)));
            case TAILNET -> tailnet();
        };
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
