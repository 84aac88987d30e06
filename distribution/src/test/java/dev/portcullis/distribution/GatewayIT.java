package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The gateway as shipped, as somebody meets it who unpacks the archive and starts it. */
@EnabledIf("dev.portcullis.distribution.Archive#runs")
class GatewayIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static UnpackedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = UnpackedGateway.in(folder).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void allowedToolAnswers() {
        HttpResponse<String> answer = gateway.invoke("{\"tool\":\"session_status\"}");

        assertEquals(200, answer.statusCode(), answer::body);
        assertTrue(JSON.readTree(answer.body()).get("ok").asBoolean(), answer::body);
        assertTrue(JSON.readTree(answer.body()).get("result").has("content"), answer::body);
    }

    @Test
    void toolOfTheSamplePluginAnswers() {
        HttpResponse<String> answer = gateway.invoke(Samples.TOOL_CALL);

        assertEquals(200, answer.statusCode(), answer::body);
    }

    @Test
    void deniedToolCannotBeToldFromOneThatDoesNotExist() {
        HttpResponse<String> denied = gateway.invoke("{\"tool\":\"gateway\",\"args\":{\"action\":\"config.get\"}}");
        HttpResponse<String> unknown = gateway.invoke("{\"tool\":\"nowhere\",\"args\":{\"action\":\"config.get\"}}");

        assertEquals(404, denied.statusCode(), denied::body);
        assertEquals(404, unknown.statusCode(), unknown::body);
        assertEquals(denied.body().replace("gateway", "<name>"), unknown.body().replace("nowhere", "<name>"));
        assertEquals(denied.headers().map().keySet(), unknown.headers().map().keySet());
    }

    @Test
    void withoutATokenNobodyIsLetIn() {
        HttpResponse<String> answer = gateway.invoke("{\"tool\":\"session_status\"}", Map.of());

        assertEquals(401, answer.statusCode());
        assertEquals(
                "unauthorized", JSON.readTree(answer.body()).at("/error/type").asString());
    }

    @Test
    void wrongTokenIsAnsweredLikeNone() {
        HttpResponse<String> wrong =
                gateway.invoke("{\"tool\":\"session_status\"}", Map.of("Authorization", "Bearer wrong"));

        assertEquals(401, wrong.statusCode());
        assertEquals(gateway.invoke("{}", Map.of()).body(), wrong.body());
    }

    @Test
    void otherMethodIsToldWhichOneToUse() {
        HttpResponse<String> answer = gateway.get("/tools/invoke");

        assertEquals(405, answer.statusCode());
        assertEquals(List.of("POST"), answer.headers().allValues("Allow"));
    }

    @Test
    void brokenJsonIsABadRequest() {
        HttpResponse<String> answer = gateway.invoke("{\"tool\":");

        assertEquals(400, answer.statusCode(), answer::body);
        assertEquals(
                "invalid_request_error",
                JSON.readTree(answer.body()).at("/error/type").asString());
    }

    @Test
    void bodyOfTwoMebibytesIsRead() {
        HttpResponse<String> answer = gateway.invoke(bodyOf(2 * 1024 * 1024));

        assertEquals(200, answer.statusCode(), answer::body);
    }

    @Test
    void bodyOfOneByteMoreIsTooLarge() {
        HttpResponse<String> answer = gateway.invoke(bodyOf(2 * 1024 * 1024 + 1));

        assertEquals(413, answer.statusCode(), answer::body);
    }

    @Test
    void bodyWithoutALengthIsBoundedToo() {
        byte[] body = bodyOf(2 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder chunked = HttpRequest.newBuilder(gateway.uri("/tools/invoke"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + gateway.token())
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));

        assertEquals(413, gateway.send(chunked).statusCode());
    }

    @Test
    void probesNeedNoToken() {
        assertEquals(200, gateway.get("/healthz").statusCode());
        assertEquals(200, gateway.get("/readyz").statusCode());
    }

    @Test
    void startSaysWhatThereIsAndNeverTheToken() {
        String said = gateway.output();

        assertTrue(said.contains("127.0.0.1:" + gateway.port()), said);
        assertTrue(said.contains(gateway.tokenFile().toString()), said);
        assertTrue(said.contains("session_status"), said);
        assertTrue(said.contains("curl "), said);
        assertFalse(said.contains(gateway.token()), said);
    }

    @Test
    void tokenIsForItsOwnerOnly() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(gateway.tokenFile())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(gateway.state())));
        assertTrue(gateway.token().length() >= 32);
    }

    @Test
    void commandsOfTheSameDistributionFindTheGateway() {
        UnpackedGateway.CommandResult result = gateway.command("invoke", "session_status", "--json");

        assertEquals(0, result.exit(), result::toString);
        assertTrue(JSON.readTree(result.out()).isObject(), result::toString);
    }

    @Test
    void explanationNamesWhoDecided() {
        UnpackedGateway.CommandResult result = gateway.command("tools", "explain", "gateway");

        assertEquals(0, result.exit(), result::toString);
        assertTrue(result.out().contains("tools.allow"), result::toString);
    }

    @Test
    void shippedConfigurationIsValid() {
        UnpackedGateway.CommandResult result = gateway.command("config", "validate");

        assertEquals(0, result.exit(), result::toString);
    }

    @Test
    void versionIsThatOfTheArchive() {
        UnpackedGateway.CommandResult result = gateway.command("--version");

        assertEquals(0, result.exit(), result::toString);
        assertTrue(result.out().contains(Archive.VERSION), result::toString);
    }

    @Test
    void stopLeavesAnAuditTrailAndNoSecret(@TempDir Path other) throws Exception {
        String argument = "argument-" + UUID.randomUUID();
        String stranger = "stranger-" + UUID.randomUUID();
        try (UnpackedGateway stopped = UnpackedGateway.in(other).start()) {
            stopped.invoke("{\"tool\":\"session_status\",\"args\":{\"note\":\"" + argument + "\"}}");
            stopped.invoke("{\"tool\":\"gateway\"}");
            stopped.invoke("{\"tool\":\"nowhere\"}");
            stopped.invoke("{\"tool\":\"session_status\"}", Map.of("Authorization", "Bearer " + stranger));
            stopped.invoke("{\"tool\":");

            assertEquals(0, stopped.stop(), stopped::output);

            Assertions.assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", stopped.port()).close());
            List<JsonNode> records =
                    stopped.auditLines().stream().map(JSON::readTree).toList();
            assertEquals(
                    List.of(200, 404, 404, 401, 400),
                    records.stream().map(entry -> entry.get("status").asInt()).toList());
            assertEquals(
                    5,
                    records.stream()
                            .map(entry -> entry.get("invocation").asString())
                            .distinct()
                            .count());
            for (Path file : stopped.traces()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains(argument), () -> "An argument is in " + file);
                assertFalse(text.contains(stranger), () -> "A stranger's credential is in " + file);
                assertTrue(
                        file.equals(stopped.tokenFile()) || !text.contains(stopped.token()),
                        () -> "The token is in " + file);
            }
        }
    }

    @Test
    void toolOnTheHttpDenyListIsRefusedEvenIfEverythingIsAllowed(@TempDir Path other) {
        try (UnpackedGateway open =
                UnpackedGateway.in(other).configured("tools.allow = [\"*\"]").start()) {
            assertEquals(404, open.invoke("{\"tool\":\"gateway\"}").statusCode());
            assertEquals(200, open.invoke("{\"tool\":\"agents_list\"}").statusCode(), open::output);
            UnpackedGateway.CommandResult explained = open.command("tools", "explain", "gateway");
            assertTrue(explained.out().contains("deny list"), explained::toString);
        }
    }

    private static String bodyOf(int bytes) {
        String start = "{\"tool\":\"session_status\",\"args\":{},\"padding\":\"";
        String end = "\"}";
        return start + "x".repeat(bytes - start.length() - end.length()) + end;
    }
}
