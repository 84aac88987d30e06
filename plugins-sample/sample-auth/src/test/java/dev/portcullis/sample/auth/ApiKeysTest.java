package dev.portcullis.sample.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @BeforeEach
    void writeTheFile() throws Exception {
        file = folder.resolve("api-keys.txt");
        write("# who may call", "", KeyEntry.line(key, "nightly build", "operator.write,operator.read"));
    }

    @Test
    void aKeyInItsHeaderIsAdmittedByNameAndScopes() throws Exception {
        AuthResult result = load().authenticate(withHeader(key.reveal()));

        assertEquals(AuthResult.authenticated(Principal.of("nightly build", Set.of(Scope.WRITE, Scope.READ))), result);
    }

    @Test
    void aKeyMayBeABearerCredential() throws Exception {
        assertInstanceOf(AuthResult.Authenticated.class, load().authenticate(withBearer(key.reveal())));
    }

    @Test
    void theSecretOfAnotherKeyIsWrongAndCounts() throws Exception {
        String other = ApiKey.random(new SecureRandom()).reveal();
        String forged = "pck_" + key.id() + other.substring(other.indexOf('_', 4));

        assertWrong(load().authenticate(withHeader(forged)));
    }

    @Test
    void aKeyThatNobodyMadeIsWrongAndCounts() throws Exception {
        assertWrong(
                load().authenticate(withBearer(ApiKey.random(new SecureRandom()).reveal())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "pck_", "pck_000000000000_short"})
    void whatIsNoKeyIsWrongInTheHeader(String text) throws Exception {
        assertWrong(load().authenticate(withHeader(text)));
    }

    @Test
    void anotherBearerTextIsLeftToOthers() throws Exception {
        AuthResult.Abstained abstained =
                assertInstanceOf(AuthResult.Abstained.class, load().authenticate(withBearer("some-token")));

        assertFalse(abstained.failure().counted());
    }

    @Test
    void aRemovedLineEndsAKeyAtOnce() throws Exception {
        Authenticator authenticator = load();
        assertInstanceOf(AuthResult.Authenticated.class, authenticator.authenticate(withHeader(key.reveal())));

        write("# nobody");

        assertWrong(authenticator.authenticate(withHeader(key.reveal())));
    }

    @Test
    void anAddedLineHoldsAtOnce() throws Exception {
        Authenticator authenticator = load();
        ApiKey next = ApiKey.random(new SecureRandom());

        write(KeyEntry.line(key, "one", "operator.write"), KeyEntry.line(next, "two", "operator.read"));

        assertInstanceOf(AuthResult.Authenticated.class, authenticator.authenticate(withHeader(next.reveal())));
    }

    @Test
    void aFileThatIsGoneAdmitsNobody() throws Exception {
        Authenticator authenticator = load();

        Files.delete(file);

        assertWrong(authenticator.authenticate(withHeader(key.reveal())));
    }

    @Test
    void aBrokenLineDoesNotDisturbTheOthersWhileServing() throws Exception {
        Authenticator authenticator = load();

        write("broken", KeyEntry.line(key, "one", "operator.write"));

        assertInstanceOf(AuthResult.Authenticated.class, authenticator.authenticate(withHeader(key.reveal())));
    }

    @Test
    void allBrokenLinesAreReportedAtTheLoadWithoutTheirHashes() throws Exception {
        String line = KeyEntry.line(key, "one", "operator.write");
        write("broken", line, line, line.substring(0, 40));

        PluginException refused = assertThrows(PluginException.class, this::load);

        assertEquals(3, refused.getMessage().lines().count(), refused.getMessage());
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
        PluginContext context = context(Optional.empty());

        assertThrows(PluginException.class, () -> new ApiKeys().create(context));
    }

    @Test
    void whatNewApiKeyPrintsFitsTheFile() throws Exception {
        ApiKey fresh = ApiKey.random(new SecureRandom());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NewApiKey.print(fresh, "ci", "operator.admin", new PrintStream(out, true, StandardCharsets.UTF_8));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();

        write(lines.get(3));

        assertEquals(
                AuthResult.authenticated(Principal.of("ci", Set.of(Scope.ADMIN))),
                load().authenticate(withHeader(lines.get(1))));
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

    private static void assertWrong(AuthResult result) {
        AuthResult.Rejected rejected = assertInstanceOf(AuthResult.Rejected.class, result);
        assertEquals("api_key_unknown", rejected.failure().reason());
        assertTrue(rejected.failure().counted());
    }

    private void write(String... lines) throws Exception {
        Files.write(file, List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Authenticator load() {
        return new ApiKeys().create(context(Optional.of(file)));
    }

    private static PluginContext context(Optional<Path> path) {
        PluginConfig config = mock(PluginConfig.class);
        when(config.path("file")).thenReturn(path);
        when(config.string("header")).thenReturn(Optional.empty());
        PluginContext context = mock(PluginContext.class);
        when(context.config()).thenReturn(config);
        when(context.logger()).thenReturn(System.getLogger(ApiKeysTest.class.getName()));
        return context;
    }

    private static AuthRequest withHeader(String value) {
        AuthRequest request = request();
        when(request.header("X-Api-Key")).thenReturn(Optional.of(value));
        return request;
    }

    private static AuthRequest withBearer(String value) {
        AuthRequest request = request();
        when(request.bearer()).thenReturn(Optional.of(value));
        return request;
    }

    private static AuthRequest request() {
        AuthRequest request = mock(AuthRequest.class);
        when(request.header("X-Api-Key")).thenReturn(Optional.empty());
        when(request.bearer()).thenReturn(Optional.empty());
        return request;
    }
}
