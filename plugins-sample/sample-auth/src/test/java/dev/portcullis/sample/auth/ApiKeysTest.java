package dev.portcullis.sample.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.testkit.Answer;
import dev.portcullis.gateway.testkit.TestGateway;
import dev.portcullis.gateway.testkit.ToolCall;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private final ApiKey key = ApiKey.random(new SecureRandom());

    @TempDir
    private Path folder;

    private Path file;
    private TestGateway loaded;

    @AfterEach
    void close() {
        if (loaded != null) {
            loaded.close();
        }
    }

    @BeforeEach
    void writeTheFile() throws Exception {
        file = folder.resolve("api-keys.txt");
        write("# who may call", "", KeyEntry.line(key, "nightly build", "operator.write,operator.read"));
    }

    @Test
    void aKeyInItsHeaderIsAdmittedByName() throws Exception {
        assertAdmitted("nightly build", load().invoke(withHeader(key.reveal())));
    }

    @Test
    void aKeyMayBeABearerCredential() throws Exception {
        assertAdmitted("nightly build", load().invoke(withBearer(key.reveal())));
    }

    @Test
    void aKeyMayDoWhatItsLineSaysAndNoMore() throws Exception {
        write(KeyEntry.line(key, "dashboard", "operator.read"));

        assertEquals(403, load().invoke(withHeader(key.reveal())).status());
    }

    @Test
    void theSecretOfAnotherKeyIsWrongAndCounts() throws Exception {
        String other = ApiKey.random(new SecureRandom()).reveal();
        String forged = "pck_" + key.id() + other.substring(other.indexOf('_', 4));

        assertWrong(load().invoke(withHeader(forged)));
    }

    @Test
    void aKeyThatNobodyMadeIsWrongAndCounts() throws Exception {
        assertWrong(load().invoke(withBearer(ApiKey.random(new SecureRandom()).reveal())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "pck_", "pck_000000000000_short"})
    void whatIsNoKeyIsWrongInTheHeader(String text) throws Exception {
        assertWrong(load().invoke(withHeader(text)));
    }

    @Test
    void anotherBearerTextIsLeftToOthers() throws Exception {
        Answer answer = load().invoke(withBearer("some-token").as(Principal.operator()));

        assertAdmitted("operator", answer);
    }

    @Test
    void aRemovedLineEndsAKeyAtOnce() throws Exception {
        TestGateway gateway = load();
        assertAdmitted("nightly build", gateway.invoke(withHeader(key.reveal())));

        write("# nobody");

        assertWrong(gateway.invoke(withHeader(key.reveal())));
    }

    @Test
    void anAddedLineHoldsAtOnce() throws Exception {
        TestGateway gateway = load();
        ApiKey next = ApiKey.random(new SecureRandom());

        write(KeyEntry.line(key, "one", "operator.write"), KeyEntry.line(next, "two", "operator.write"));

        assertAdmitted("two", gateway.invoke(withHeader(next.reveal())));
    }

    @Test
    void aFileThatIsGoneAdmitsNobody() throws Exception {
        TestGateway gateway = load();

        Files.delete(file);

        assertWrong(gateway.invoke(withHeader(key.reveal())));
    }

    @Test
    void aBrokenLineDoesNotDisturbTheOthersWhileServing() throws Exception {
        TestGateway gateway = load();

        write("broken", KeyEntry.line(key, "one", "operator.write"));

        assertAdmitted("one", gateway.invoke(withHeader(key.reveal())));
    }

    @Test
    void allBrokenLinesAreReportedAtTheLoadWithoutTheirHashes() throws Exception {
        String line = KeyEntry.line(key, "one", "operator.write");
        write("broken", line, line, line.substring(0, 40));

        PluginException refused = assertThrows(PluginException.class, this::load);

        assertEquals(3, refused.getMessage().split("api-keys.txt, line ", -1).length - 1, refused.getMessage());
        assertTrue(refused.getMessage().contains("line 1: "), refused.getMessage());
        assertTrue(
                refused.getMessage().contains("line 3: the id " + key.id() + " is there twice"), refused.getMessage());
        assertFalse(refused.getMessage().contains(line.substring(13, 30)), refused.getMessage());
    }

    @Test
    void aMissingFileStopsTheLoad() throws Exception {
        Files.delete(file);

        assertTrue(assertThrows(PluginException.class, this::load).getMessage().contains("cannot be read"));
    }

    @Test
    void aFileThatOthersMayWriteStopsTheLoad() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertTrue(assertThrows(PluginException.class, this::load).getMessage().contains("chmod go-w"));
    }

    @Test
    void aFileMustBeNamed() {
        TestGateway.Builder nameless = TestGateway.with(new ApiKeys());

        assertTrue(assertThrows(PluginException.class, nameless::start)
                .getMessage()
                .contains("file is missing"));
    }

    @Test
    void whatNewApiKeyPrintsFitsTheFile() throws Exception {
        ApiKey fresh = ApiKey.random(new SecureRandom());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NewApiKey.print(fresh, "ci", "operator.admin", new PrintStream(out, true, StandardCharsets.UTF_8));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();

        write(lines.get(3));

        assertAdmitted("ci", load().invoke(withHeader(lines.get(1))));
    }

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        String secret = key.reveal().substring(17);

        assertFalse(key.toString().contains(secret));
        assertFalse(KeyEntry.line(key, "one", "operator.write").contains(secret));
        assertFalse(KeyEntry.parse(KeyEntry.line(key, "one", "operator.write"))
                .toString()
                .contains(secret));
    }

    private static void assertAdmitted(String name, Answer answer) {
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(Optional.of(name), answer.principal());
    }

    private static void assertWrong(Answer answer) {
        assertEquals(401, answer.status(), answer::toString);
        assertEquals(Optional.of("api_key_unknown"), answer.authFailure());
    }

    private void write(String... lines) throws Exception {
        Files.write(file, List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private TestGateway load() {
        loaded = TestGateway.with(new ApiKeys())
                .config("api-keys", Map.of("file", file.toString()))
                .start();
        return loaded;
    }

    private static ToolCall withHeader(String value) {
        return ToolCall.of("whoami").asStranger().header("X-Api-Key", value);
    }

    private static ToolCall withBearer(String value) {
        return ToolCall.of("whoami").bearer(value);
    }
}
