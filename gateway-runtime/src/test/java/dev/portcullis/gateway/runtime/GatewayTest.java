package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
    private static final String CONFIG = "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN
            + "'}}, tools: {deny: ['agents_list']}}";

    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, CONFIG);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void allowedToolAnswersInTheEnvelope() {
        HttpResponse<String> answer = gateway.invoke("{\"tool\":\"sessions_list\"}");

        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"ok\":true,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\n  \\\"count\\\": 0,\\n"
                        + "  \\\"sessions\\\": [],\\n  \\\"hasMore\\\": false,\\n  \\\"limitApplied\\\": 100\\n}\"}],"
                        + "\"details\":{\"count\":0,\"sessions\":[],\"hasMore\":false,\"limitApplied\":100}}}",
                answer.body());
    }

    @Test
    void deniedToolAndUnknownToolAnswerAlikeButForTheName() {
        HttpResponse<String> denied = gateway.invoke("{\"tool\":\"agents_list\"}");
        HttpResponse<String> unknown = gateway.invoke("{\"tool\":\"agents_lost\"}");

        assertEquals(404, denied.statusCode());
        assertEquals(404, unknown.statusCode());
        assertEquals(denied.body().replace("agents_list", "X"), unknown.body().replace("agents_lost", "X"));
        assertEquals(denied.headers().map().keySet(), unknown.headers().map().keySet());
    }

    @Test
    void requestWithoutCredentialIsRefusedBeforeItsBodyIsLookedAt() {
        HttpResponse<String> answer = gateway.send(gateway.request("/tools/invoke")
                .POST(HttpRequest.BodyPublishers.ofString("{bad"))
                .build());

        assertEquals(401, answer.statusCode());
        assertEquals(
                "{\"ok\":false,\"error\":{\"message\":\"Unauthorized\",\"type\":\"unauthorized\"}}", answer.body());
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        HttpResponse<String> answer = gateway.send(gateway.request("/nowhere").build());

        assertEquals(404, answer.statusCode());
        assertEquals(
                "nosniff", answer.headers().firstValue("x-content-type-options").orElseThrow());
        assertEquals(
                "no-referrer", answer.headers().firstValue("referrer-policy").orElseThrow());
        assertEquals(
                "camera=(), microphone=(self), geolocation=()",
                answer.headers().firstValue("permissions-policy").orElseThrow());
    }

    @Test
    void argumentsThatAreNoObjectAreRefused() {
        HttpResponse<String> answer = gateway.invoke("{\"tool\":\"sessions_list\",\"args\":[]}");

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("args must be an object"), answer.body());
    }

    @Test
    void brokenJsonIsRefusedWithoutQuotingIt() {
        HttpResponse<String> answer = gateway.invoke("{\"tool\":\"sessions_list\",\"args\":{\"key\":s3cret}}");

        assertEquals(400, answer.statusCode());
        assertFalse(answer.body().contains("s3cret"), answer.body());
        assertTrue(answer.body().contains("invalid_request_error"), answer.body());
    }

    @Test
    void everyInvocationLeavesOneAuditRecordWithoutArgumentsOrSecrets() throws Exception {
        gateway.invoke("{\"tool\":\"sessions_list\",\"args\":{\"search\":\"c4nary\"}}");
        gateway.invoke("{\"tool\":\"agents_list\"}");
        gateway.invoke("{\"tool\":\"nope\"}");
        gateway.invoke("{bad");

        gateway.close();

        List<String> lines = gateway.auditLines();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("\"outcome\":\"completed\""), lines.get(0));
        assertTrue(lines.get(1).contains("\"decision\":\"denied\",\"label\":\"tools.deny\""), lines.get(1));
        assertTrue(
                lines.get(2).contains("\"outcome\":\"not_available\",\"category\":\"policy\",\"status\":404"),
                lines.get(2));
        assertTrue(
                lines.get(3).contains("\"outcome\":\"body_malformed\",\"category\":\"input\",\"status\":400"),
                lines.get(3));
        assertFalse(String.join("", lines).contains("c4nary"));
        assertFalse(String.join("", lines).contains(TestGateway.TOKEN));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(gateway.state().resolve("audit.jsonl"))));
    }

    @Test
    void busyPortIsSaidInOneLine() {
        GatewayStartException refusal = assertThrows(
                GatewayStartException.class,
                () -> TestGateway.start(
                        Files.createDirectory(folder.resolve("second")),
                        CONFIG.replace("port: 0", "port: " + gateway.port()),
                        Map.of("PORTCULLIS_PORT_WAIT_MS", "600")));

        assertEquals(1, refusal.problems().size());
        String problem = refusal.problems().getFirst();
        assertTrue(problem.contains("127.0.0.1:" + gateway.port() + ": Address already in use"), problem);
        assertTrue(problem.contains("Choose another port with --port or gateway.port"), problem);
    }

    @Test
    void addressOfAnotherMachineIsNotWaitedFor() {
        GatewayStartException refusal = assertThrows(
                GatewayStartException.class,
                () -> TestGateway.start(
                        Files.createDirectory(folder.resolve("second")),
                        CONFIG.replace("port: 0", "port: 0, bind: 'custom', customBindHost: '192.0.2.7'"),
                        Map.of("PORTCULLIS_PORT_WAIT_MS", "600000")));

        String problem = refusal.problems().getFirst();
        assertTrue(problem.contains("192.0.2.7 is no address of this machine"), problem);
    }

    @Test
    void portThatBecomesFreeIsWaitedFor() throws Exception {
        try (ServerSocket before = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = before.getLocalPort();
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(200);
                    before.close();
                } catch (IOException | InterruptedException impossible) {
                    throw new IllegalStateException(impossible);
                }
            });

            try (TestGateway second = TestGateway.start(
                    Files.createDirectory(folder.resolve("second")), CONFIG.replace("port: 0", "port: " + port))) {
                assertEquals(port, second.port());
            }
        }
    }

    @Test
    void oneStateDirectoryServesOneGateway() {
        assertThrows(GatewayStartException.class, () -> TestGateway.start(folder, CONFIG));
    }
}
