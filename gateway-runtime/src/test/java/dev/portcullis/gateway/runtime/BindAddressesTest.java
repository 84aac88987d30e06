package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.gateway.runtime.config.ServerConfig.Bind;
import dev.portcullis.gateway.runtime.config.ServerConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindAddressesTest {
    private static List<InetAddress> addresses(Bind bind, Optional<String> host) throws Exception {
        return BindAddresses.of(ServerConfigBuilder.server().bind(bind, host).build());
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
    void everyAddressIncludesLoopback() throws Exception {
        assertEquals(List.of(InetAddress.ofLiteral("0.0.0.0")), addresses(Bind.CUSTOM, Optional.of("0.0.0.0")));
    }

    @Test
    void loopbackJoinsAnotherLoopbackAddress() throws Exception {
        assertEquals(
                List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")),
                addresses(Bind.CUSTOM, Optional.of("127.0.0.2")));
    }

    @Test
    void interfaceOfTailscaleGoesBeforeOneOfAProviderWithTheSameRange() {
        InetAddress provider = InetAddress.ofLiteral("100.65.0.9");
        InetAddress tailnet = InetAddress.ofLiteral("100.101.102.103");

        assertEquals(
                Optional.of(tailnet),
                BindAddresses.tailnet(List.of(
                        new BindAddresses.Interface("wwan0", List.of(provider)),
                        new BindAddresses.Interface("tailscale0", List.of(tailnet)))));
        assertEquals(
                Optional.of(tailnet),
                BindAddresses.tailnet(List.of(
                        new BindAddresses.Interface("wwan0", List.of(provider)),
                        new BindAddresses.Interface(
                                "utun4", List.of(InetAddress.ofLiteral("fd7a:115c:a1e0::1"), tailnet)))));
        assertEquals(
                Optional.empty(),
                BindAddresses.tailnet(
                        List.of(new BindAddresses.Interface("eth0", List.of(InetAddress.ofLiteral("100.128.0.1"))))));
    }

    @Test
    void allAddressesOfIpv4AreNotThoseOfIpv6(@TempDir Path folder) throws Exception {
        assumeTrue(addresses(Bind.LOOPBACK, Optional.empty()).contains(InetAddress.ofLiteral("::1")));
        try (TestGateway gateway = TestGateway.start(
                        folder, "{gateway: {port: 0, bind: 'lan', auth: {token: '" + TestGateway.TOKEN + "'}}}");
                Socket meant = new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway.port())) {
            assertTrue(answer(meant).startsWith("HTTP/1.1 200 OK"));
            try (Socket other = new Socket(InetAddress.ofLiteral("::1"), gateway.port())) {
                assertEquals("", answer(other));
            } catch (IOException refused) {
                // as good
            }
        }
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
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
