package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a certificate is for that the gateway makes for itself: every name and address under which it can be called. */
final class CertificateNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+|\\[.*]");

    private CertificateNames() {}

    /** As {@code dns:…} and {@code ip:…}. */
    static List<String> of(ServerConfig server, List<InetAddress> bound) {
        Set<String> names = new LinkedHashSet<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
        bound.stream().filter(address -> !address.isAnyLocalAddress()).forEach(address -> names.add(address(address)));
        if (bound.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
            everyAddress().forEach(address -> names.add(address(address)));
        }
        host(names);
        server.publicOrigin()
                .map(URI::getHost)
                .ifPresent(host -> names.add(
                        DIGITS.matcher(host).matches() ? "ip:" + host.replaceAll("[\\[\\]]", "") : "dns:" + host));
        return List.copyOf(names);
    }

    private static String address(InetAddress address) {
        // without the interface that follows %
        return "ip:" + address.getHostAddress().replaceFirst("%.*", "");
    }

    private static List<InetAddress> everyAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }

    private static void host(Set<String> names) {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (NAME.matcher(host).matches() && !DIGITS.matcher(host).matches()) {
                names.add("dns:" + host);
            }
        } catch (UnknownHostException nameless) {
            // it is called by its addresses then
        }
    }
}
