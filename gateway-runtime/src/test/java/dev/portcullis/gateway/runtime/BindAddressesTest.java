package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import dev.portcullis.gateway.runtime.config.ServerConfig.Bind;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindAddressesTest {
    private static List<InetAddress> addresses(Bind bind, Optional<String> host) throws Exception {
        return BindAddresses.of(
                new ServerConfig(0, bind, host, List.of(), false, Optional.empty(), Duration.ofSeconds(1)));
    }

    @Test
    void loopbackMeansLoopbackOnly() throws Exception {
        List<InetAddress> addresses = addresses(Bind.LOOPBACK, Optional.empty());

        assertEquals(InetAddress.ofLiteral("127.0.0.1"), addresses.getFirst());
        assertTrue(addresses.stream().allMatch(InetAddress::isLoopbackAddress), addresses::toString);
    }

    @Test
    void customHostIsJoinedByLoopback() throws Exception {
        assertEquals(
                List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("127.0.0.1")),
                addresses(Bind.CUSTOM, Optional.of("192.0.2.7")));
    }

    @Test
    void tailnetWithoutATailnetIsNeverAWildcard() throws Exception {
        assertTrue(addresses(Bind.TAILNET, Optional.empty()).stream().noneMatch(InetAddress::isAnyLocalAddress));
    }

    @Test
    void gatewayAnswersOnEveryLoopbackAddress(@TempDir Path folder) throws Exception {
        try (TestGateway gateway =
                TestGateway.start(folder, "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}}")) {
            for (InetAddress address : addresses(Bind.LOOPBACK, Optional.empty())) {
                try (Socket socket = new Socket(address, gateway.port())) {
                    assertTrue(socket.isConnected());
                }
            }
        }
    }
}
