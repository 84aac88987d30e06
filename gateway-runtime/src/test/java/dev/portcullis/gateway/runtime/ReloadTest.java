package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.HeldEdit;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReloadTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OTHER_TOKEN = "other-token-0123456789abcdef0123456789";

    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("tools.json5"), "{deny: []}");
        gateway = TestGateway.start(
                folder, config(TestGateway.TOKEN, "").replace("tools: {}", "tools: {$include: 'tools.json5'}"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String config(String token, String more) {
        return "{gateway: {port: 0, auth: {mode: 'token', token: '" + token + "'}" + more + "}, tools: {}}";
    }

    private void edit(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private int list() {
        return gateway.invoke("{\"tool\":\"sessions_list\"}").statusCode();
    }

    private static void eventually(BooleanSupplier holds) throws InterruptedException {
        long until = System.nanoTime() + 15_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "not within 15 seconds");
            Thread.sleep(50);
        }
    }

    @Test
    void editedPolicyIsLiveWithoutARestart() throws Exception {
        assertEquals(200, list());

        edit("openclaw.json", config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}"));

        eventually(() -> list() == 404);
    }

    @Test
    void editedIncludeIsLiveToo() throws Exception {
        edit("tools.json5", "{deny: ['sessions_*']}");

        eventually(() -> list() == 404);
    }

    @Test
    void firstConfigurationOfOnesOwnTakesThePlaceOfTheShippedOne() throws Exception {
        String shipped = "gateway { port = 0, auth { mode = token, token = \"" + TestGateway.TOKEN + "\" } }\n";
        Path place = Files.createDirectory(folder.resolve("distribution"));
        try (TestGateway fresh = TestGateway.shipped(place, shipped)) {
            assertEquals(200, fresh.invoke("{\"tool\":\"agents_list\"}").statusCode());

            Files.writeString(fresh.state().resolve("gateway.conf"), shipped + "tools.deny = [agents_list]\n");

            eventually(() -> fresh.invoke("{\"tool\":\"agents_list\"}").statusCode() == 404);
        }
    }

    @Test
    void removedTokenIsReplacedAndAdmitsNobodyAnyMore() throws Exception {
        Path place = Files.createDirectory(folder.resolve("distribution"));
        try (TestGateway fresh = TestGateway.shipped(place, "gateway { port = 0, auth.mode = token }")) {
            Path file = fresh.state().resolve("gateway.token");
            String before = Files.readString(file).strip();
            assertEquals(200, listWith(fresh, before));

            Files.delete(file);

            eventually(() -> listWith(fresh, before) == 401);
            assertEquals(200, listWith(fresh, Files.readString(file).strip()));
        }
    }

    private static int listWith(TestGateway gateway, String token) {
        return gateway.send(gateway.request("/tools/invoke")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"tool\":\"sessions_list\"}"))
                        .build())
                .statusCode();
    }

    @Test
    void invalidEditKeepsWhatWasServed() throws Exception {
        edit("openclaw.json", "{gateway: {port: 0, auth: {mode: 'token'}, toools: {}}}");
        Thread.sleep(1_500);
        assertEquals(200, list());

        edit("openclaw.json", config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}"));

        eventually(() -> list() == 404);
    }

    @Test
    void fileThatWasEmptiedChangesNothing() throws Exception {
        edit("openclaw.json", config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}"));
        eventually(() -> list() == 404);

        edit("openclaw.json", "");
        eventually(() -> skipped().contains("config reload skipped"));
        edit("openclaw.json", "{gateway: {mode: 'local'}, tools: {deny: [");
        eventually(() -> skipped().contains("config reload skipped"));

        assertEquals(404, list());
        assertTrue(Files.readString(gateway.state().resolve("last-good-openclaw.json"))
                .contains("sessions_list"));
    }

    @Test
    void includedFileThatWasEmptiedChangesNothing() throws Exception {
        edit("tools.json5", "{deny: ['sessions_*']}");
        eventually(() -> list() == 404);

        edit("tools.json5", "// nothing");
        eventually(() -> skipped().contains("config reload skipped"));

        assertEquals(404, list());
    }

    @Test
    void includedFileThatLosesARuleIsHeld() throws Exception {
        edit("tools.json5", "{deny: ['sessions_*']}");
        eventually(() -> list() == 404);

        edit("tools.json5", "{}");
        eventually(() -> skipped().contains("config edit held"));

        assertEquals(404, list());
    }

    @Test
    void secretFileThatWasEmptiedChangesNothing() throws Exception {
        Path secret = Files.writeString(folder.resolve("token"), TestGateway.TOKEN);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        edit(
                "openclaw.json",
                "{gateway: {port: 0, auth: {mode: 'token', token: {source: 'file', provider: 'own', id: 'value'}}, tools: {deny: ['agents_list']}},"
                        + " secrets: {providers: {own: {source: 'file', path: 'token', mode: 'singleValue'}}}}");
        eventually(() -> gateway.invoke("{\"tool\":\"agents_list\"}").statusCode() == 404);

        edit("token", "\n");
        eventually(() -> skipped().contains("config reload skipped"));

        assertEquals(200, list());
    }

    @Test
    void tokenOfItsOwnThatWasEmptiedChangesNothing() throws Exception {
        Path place = Files.createDirectory(folder.resolve("distribution"));
        try (TestGateway fresh = TestGateway.shipped(place, "gateway { port = 0, auth.mode = token }")) {
            Path file = fresh.state().resolve("gateway.token");
            String token = Files.readString(file).strip();

            Files.writeString(file, "");

            eventually(() -> skipped(fresh, token).contains("config reload skipped"));
            assertEquals(200, listWith(fresh, token));
        }
    }

    @Test
    void editThatLosesARuleIsHeldUntilItIsAccepted() throws Exception {
        edit("openclaw.json", config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}"));
        eventually(() -> list() == 404);

        edit("openclaw.json", config(TestGateway.TOKEN, ""));
        eventually(() -> skipped().contains("config edit held"));
        assertEquals(404, list());
        HeldEdit held = HeldEdit.in(gateway.state()).orElseThrow();
        assertTrue(held.reasons().getFirst().startsWith("gateway.tools.deny: "), held::toString);
        HeldEdit.accept(held.hash(), gateway.state());

        eventually(() -> list() == 200);
        assertTrue(HeldEdit.in(gateway.state()).isEmpty());
    }

    @Test
    void acceptedEditThatCannotServeIsNotSaidToBeTaken() throws Exception {
        edit("openclaw.json", config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}"));
        eventually(() -> list() == 404);
        edit(
                "openclaw.json",
                config(TestGateway.TOKEN, "").replace("tools: {}", "plugins: {entries: {ghost: {required: true}}}"));
        eventually(() -> skipped().contains("config edit held"));

        HeldEdit.accept(HeldEdit.in(gateway.state()).orElseThrow().hash(), gateway.state());

        eventually(() -> skipped().contains("config reload skipped"));
        assertEquals(404, list());
        assertTrue(Files.exists(HeldEdit.acceptance(gateway.state())), "whoever accepted it waits for it to go");
        assertTrue(HeldEdit.in(gateway.state()).isEmpty());
    }

    @Test
    void editThatLosesARuleIsServedWhenItLiesStill() throws Exception {
        edit("openclaw.json", config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}"));
        eventually(() -> list() == 404);

        edit("openclaw.json", config(TestGateway.TOKEN, ""));

        eventually(() -> skipped().contains("config edit held"));
        eventually(() -> list() == 200);
        eventually(() -> skipped().isEmpty());
    }

    @Test
    void reloadThatIsAskedForSaysWhatIsHeld() throws Exception {
        edit("openclaw.json", "{gateway: {port: 0}}");

        HttpResponse<String> answer = gateway.send(gateway.request("/portcullis/v1/reload")
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"what\":\"config\"}"))
                .build());

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("gateway.auth.token: it was written, and is gone"), answer::body);
        assertTrue(answer.body().contains("portcullis config accept"), answer::body);
    }

    @Test
    void configurationOfOnesOwnThatVanishesIsServedOn() throws Exception {
        String shipped = "gateway { port = 0, auth { mode = token, token = \"" + TestGateway.TOKEN + "\" } }\n";
        Path place = Files.createDirectory(folder.resolve("distribution"));
        Path own = Files.createDirectories(place.resolve("state")).resolve("gateway.conf");
        Files.writeString(own, shipped + "tools.deny = [agents_list]\n");
        try (TestGateway fresh = TestGateway.shipped(place, shipped)) {
            Files.delete(own);

            eventually(() -> skipped(fresh).contains("config reload skipped"));
            assertEquals(404, fresh.invoke("{\"tool\":\"agents_list\"}").statusCode());
        }
    }

    /** What the readiness probe names. */
    private String skipped() {
        return skipped(gateway);
    }

    private static String skipped(TestGateway gateway) {
        return skipped(gateway, TestGateway.TOKEN);
    }

    private static String skipped(TestGateway gateway, String token) {
        return JSON.readTree(gateway.send(gateway.request("/readyz")
                                .header("Authorization", "Bearer " + token)
                                .build())
                        .body())
                .path("skipped")
                .toString();
    }

    @Test
    void changedTokenHoldsForTheNextRequest() throws Exception {
        edit("openclaw.json", config(OTHER_TOKEN, ""));

        eventually(() -> list() == 401);
        assertEquals(
                200,
                gateway.send(gateway.request("/tools/invoke")
                                .header("Authorization", "Bearer " + OTHER_TOKEN)
                                .POST(HttpRequest.BodyPublishers.ofString("{\"tool\":\"sessions_list\"}"))
                                .build())
                        .statusCode());
    }

    @Test
    void secretThatIsReplacedInItsFileHoldsForTheNextRequest() throws Exception {
        Path secret = Files.writeString(folder.resolve("token"), TestGateway.TOKEN);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        edit(
                "openclaw.json",
                "{gateway: {port: 0, auth: {mode: 'token', token: {source: 'file', provider: 'own', id: 'value'}}, tools: {deny: ['agents_list']}},"
                        + " secrets: {providers: {own: {source: 'file', path: 'token', mode: 'singleValue'}}}}");
        eventually(() -> gateway.invoke("{\"tool\":\"agents_list\"}").statusCode() == 404);

        edit("token", OTHER_TOKEN);

        eventually(() -> list() == 401);
    }

    @Test
    void requestWhoseTokenWasWithdrawnWhileItsBodyCameRunsNothing() throws Exception {
        try (SlowRequest request = SlowRequest.begin(gateway.port(), "{\"tool\":\"sessions_list\"}")) {
            edit("openclaw.json", config(OTHER_TOKEN, ""));
            eventually(() -> list() == 401);

            assertEquals(401, request.finish());
        }
    }

    @Test
    void portStaysWhatItWasWhileTheRestGoesLive() throws Exception {
        int port = gateway.port();

        edit(
                "openclaw.json",
                config(TestGateway.TOKEN, ", tools: {deny: ['sessions_list']}").replace("port: 0", "port: 1"));

        eventually(() -> list() == 404);
        assertEquals(port, gateway.port());
    }
}
