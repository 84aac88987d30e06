package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The gateway could not listen where it is told to. */
final class BoundAddress extends Check {
    private static final Path FIRST_FREE = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    BoundAddress() {
        super("portcullis/doctor/bind");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.config().ifPresent(config -> {
            ServerConfig server = config.server();
            if (server.bind() == ServerConfig.Bind.CUSTOM) {
                server.customBindHost()
                        .filter(host -> !ofThisMachine(host))
                        .ifPresent(host -> found.accept(error(
                                host + " is no address of this machine",
                                "gateway.customBindHost",
                                "Name one that it has, or set gateway.bind to loopback.")));
            }
            if (server.port() > 0 && server.port() < firstFree()) {
                found.accept(warning(
                        "Port " + server.port() + " is for the administrator of this machine only",
                        "gateway.port",
                        "Choose one from " + firstFree() + " on, or give the gateway's user the right."));
            }
        });
    }

    private static boolean ofThisMachine(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException | IllegalArgumentException unknown) {
            return true;
        }
    }

    /** 0 for the administrator, and where nobody says. */
    private static int firstFree() {
        try {
            boolean administrator =
                    Files.getOwner(Path.of("/proc/self")).getName().equals("root");
            return administrator
                    ? 0
                    : Integer.parseInt(Files.readString(FIRST_FREE).strip());
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }
}
