package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A route has one name: what a proxy that decides by path could read differently is not served. */
class PathNamesTest {
    /** A target, and what the gateway answers an operator who sends it on a connection of its own. */
    record Target(String sent, int status) {
        /** With the token, and a call where the target looks like one. */
        String request() {
            String body = sent.contains("invoke") ? "{\"tool\":\"agents_list\"}" : "";
            return (body.isEmpty() ? "GET " : "POST ") + sent + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + TestGateway.TOKEN + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n" + body;
        }
    }

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder, "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static List<Target> targets() throws IOException {
        try (InputStream in = PathNamesTest.class.getResourceAsStream("targets.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .map(parts -> new Target(parts[1].replace("\\t", "\t"), Integer.parseInt(parts[0])))
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> targetIsServedUnderOneNameOrRefused() throws IOException {
        return targets().stream()
                .map(target -> DynamicTest.dynamicTest(target.sent, () -> {
                    try (RawClient client = new RawClient(gateway.port())) {
                        assertEquals(target.status, client.ask(target.request()).status());
                        assertTrue(client.ended());
                    }
                }));
    }
}
