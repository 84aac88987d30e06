package dev.portcullis.gateway.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the operating system, and remembers the answer for a few seconds: addresses come and go, requests come oftener. */
final class HostInterfaces implements LocalInterfaces {
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(5).toNanos();

    private record Known(Set<InetAddress> addresses, long since) {}

    private volatile Known known = new Known(Set.of(), System.nanoTime() - REMEMBERED_NANOS);

    @Override
    public boolean own(InetAddress address) throws IOException {
        Known current = known;
        if (System.nanoTime() - current.since >= REMEMBERED_NANOS) {
            current = new Known(ask(), System.nanoTime());
            known = current;
        }
        return current.addresses.contains(address);
    }

    private static Set<InetAddress> ask() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(HostInterfaces::withoutZone)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static InetAddress withoutZone(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? address : InetAddress.ofLiteral(text.substring(0, zone));
    }
}
