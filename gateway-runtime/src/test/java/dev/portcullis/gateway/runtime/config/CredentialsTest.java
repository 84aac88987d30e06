package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @TempDir
    Path directory;

    @Test
    void theFileWinsOverTheEnvironmentForTheToken() {
        Given given = given().with(Map.of("PORTCULLIS_GATEWAY_TOKEN", "from-environment"));

        assertEquals("from-file", token(given.valid("{gateway: {auth: {token: ' from-file '}}}")));
        assertEquals("from-environment", token(given.valid("{}")));
    }

    @Test
    void ourVariableWinsOverTheReferences() {
        Given given = given().with(Map.of("OPENCLAW_GATEWAY_TOKEN", "theirs", "PORTCULLIS_GATEWAY_TOKEN", "ours"));

        assertEquals("ours", token(given.valid("{}")));
    }

    @Test
    void aBlankVariableIsNotSet() {
        Given given = given().with(Map.of("OPENCLAW_GATEWAY_TOKEN", "theirs", "PORTCULLIS_GATEWAY_TOKEN", "  "));

        assertEquals("theirs", token(given.valid("{}")));
    }

    @Test
    void theClientsTokenIsTheLastResort() {
        assertEquals("client", token(given().valid("{gateway: {remote: {token: 'client'}}}")));
    }

    @Test
    void theEnvironmentWinsOverTheFileForThePort() {
        Given given = given().with(Map.of("OPENCLAW_GATEWAY_PORT", "7001"));

        assertEquals(7001, given.valid("{gateway: {port: 7000}}").server().port());
    }

    @Test
    void theCommandLineWinsOverEverything() {
        var overrides = new ConfigEnvironment.Overrides(
                OptionalInt.of(7002),
                Optional.of("lan"),
                Optional.of("password"),
                Optional.of(new Secret("t")),
                Optional.of(new Secret(" p ")),
                false);
        given().file(
                        "c.json",
                        "{gateway: {port: 7000, bind: 'loopback', auth: {mode: 'token', token: 'x', password: 'y'}}}");
        Map<String, String> variables = Map.of("PORTCULLIS_GATEWAY_PORT", "7001");

        GatewayConfig config = Given.valid(ConfigReader.read(
                directory.resolve("c.json"), ConfigEnvironment.of(variables).with(overrides)));

        assertEquals(7002, config.server().port());
        assertEquals(ServerConfig.Bind.LAN, config.server().bind());
        assertEquals("password", config.auth().mode());
        assertEquals("p", config.auth().password().orElseThrow().reveal());
        assertEquals("t", token(config));
    }

    @Test
    void aBadPortInTheEnvironmentNamesTheVariable() {
        Given given = given().with(Map.of("OPENCLAW_GATEWAY_PORT", "http"));

        Given.says(given.errors("{}"), "environment variable OPENCLAW_GATEWAY_PORT", "\"http\" is not a port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                          | token
            {gateway: {auth: {password: 'p'}}}                          | password
            {gateway: {auth: {token: 't'}}}                             | token
            {gateway: {auth: {mode: 'none'}}}                           | none
            {gateway: {auth: {mode: 'token', token: 't', password: 'p'}}} | token
            {gateway: {auth: {mode: 'api-key'}}}                        | api-key
            """)
    void theModeFollowsWhatIsConfigured(String json5, String mode) {
        assertEquals(mode, given().valid(json5).auth().mode());
    }

    @Test
    void tokenAndPasswordWithoutAModeAreAmbiguous() {
        Given.says(
                given().errors("{gateway: {auth: {token: 't', password: 'p'}}}"),
                "Invalid config: gateway.auth.token and gateway.auth.password are both configured, but gateway.auth.mode is"
                        + " unset. Set gateway.auth.mode to token or password.");
    }

    @Test
    void aModeThatIsNearlyBuiltInIsDoubted() {
        Given.says(given().json("{gateway: {auth: {mode: 'tokn'}}}").warnings(), "Did you mean \"token\"?");
        Given.says(given().errors("{gateway: {auth: {mode: 'Token!'}}}"), "neither a mode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "change-me-to-a-long-random-token",
                " change-me-now ",
                "undefined",
                "null",
                "__OPENCLAW_REDACTED__"
            })
    void placeholdersAreNoTokens(String token) {
        Given.says(given().errors("{gateway: {auth: {mode: 'token', token: '" + token + "'}}}"), "gateway.auth.token");
    }

    @Test
    void aPlaceholderPasswordIsRefusedInPasswordModeAndNotUsedElsewhere() {
        String text = "{gateway: {auth: {mode: '%s', token: 't', password: 'change-me-to-a-strong-password'}}}";

        Given.says(given().errors(text.formatted("password")), "gateway.auth.password", "placeholder");
        ConfigReading reading = given().json(text.formatted("token"));
        assertEquals(Optional.empty(), Given.valid(reading).auth().password());
        Given.says(reading.warnings(), "gateway.auth.password", "not used");
    }

    @Test
    void aReferenceToAVariableIsResolvedInEachNotation() {
        Given given = given().with(Map.of("MY_TOKEN", "t0ken"));

        for (String written : List.of(
                "'${MY_TOKEN}'",
                "'$MY_TOKEN'",
                "{source: 'env', provider: 'default', id: 'MY_TOKEN'}",
                "{source: 'env', id: 'MY_TOKEN'}")) {
            assertEquals("t0ken", token(given.valid("{gateway: {auth: {token: " + written + "}}}")), written);
        }
    }

    @Test
    void aReferenceWinsOverTheEnvironmentEvenIfItCannotBeResolved() {
        Given given = given().with(Map.of("OPENCLAW_GATEWAY_TOKEN", "other"));

        Given.says(
                given.errors("{gateway: {auth: {token: {source: 'env', provider: 'default', id: 'NONE'}}}}"),
                "gateway.auth.token",
                "NONE, which is not set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {source: 'exec', provider: 'x', id: 'y'}          | not supported
            {source: 'store', provider: 'default', id: 'Y'}   | not supported
            {source: 'fil', provider: 'x', id: 'Y'}           | Did you mean "file"?
            {source: 'file', provider: 'x', id: '/y'}         | no provider of secrets called "x"
            {source: 'env', provider: 'x', id: 'Y'}           | no provider of secrets called "x"
            {source: 'env', provider: 'strict', id: 'OTHER'}  | does not allow the variable OTHER
            {source: 'env', provider: 'default', id: 'a-b'}   | not the name of a variable
            {source: 'file', provider: 'strict', id: '/a'}    | has the source "env"
            {a: 1}                                            | {source, provider, id}
            17                                                | got a number
            """)
    void aReferenceThatLeadsNowhereSaysWhy(String reference, String why) {
        List<ConfigProblem> errors = given().errors("{gateway: {auth: {mode: 'token', token: " + reference
                + "}}, secrets: {providers: {strict: {source: 'env', allowlist: ['ONE']}}}}");

        Given.says(errors, "gateway.auth.token", why);
    }

    @Test
    void aSecretIsReadFromAPrivateFile() throws IOException {
        secretFile("{\"gateway\": {\"tok/en\": \"from-json\"}}", "rw-------");

        assertEquals("from-json", token(given().valid(fileReference("json", "/gateway/tok~1en"))));
    }

    @Test
    void aFileMayBeTheSecret() throws IOException {
        secretFile("from-file\n", "rw-------");

        assertEquals("from-file", token(given().valid(fileReference("singleValue", "value"))));
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        secretFile("from-file\n", "rw-r-----");

        Given.says(given().errors(fileReference("singleValue", "value")), "can be read by others", "chmod 600");
    }

    @Test
    void aLinkToASecretIsRefused() throws IOException {
        secretFile("from-file\n", "rw-------");
        Files.move(directory.resolve("secret"), directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("secret"), directory.resolve("real"));

        Given.says(given().errors(fileReference("singleValue", "value")), "a link");
    }

    @Test
    void aSecretWithTwoNamesIsRefused() throws IOException {
        secretFile("from-file\n", "rw-------");
        Files.createLink(directory.resolve("second"), directory.resolve("secret"));

        Given.says(given().errors(fileReference("singleValue", "value")), "hard link");
    }

    @Test
    void aPointerToNothingIsAnErrorWithoutTheContent() throws IOException {
        secretFile("{\"a\": \"from-json\"}", "rw-------");

        List<ConfigProblem> errors = given().errors(fileReference("json", "/b"));

        Given.says(errors, "no text at /b");
        assertFalse(errors.toString().contains("from-json"), errors::toString);
    }

    @Test
    void pluginsGetTheirReferencesResolved() {
        Given given = given().with(Map.of("KEY", "k3y"));

        GatewayConfig config = given.valid(
                "{plugins: {entries: {w: {config: {apiKey: {source: 'env', provider: 'default', id: 'KEY'}}}}}}");

        assertEquals(
                Map.of("apiKey", "k3y"), config.plugins().entries().get("w").config());
        assertFalse(config.toString().contains("k3y"));
    }

    @Test
    void aWrongSecretIsNotQuoted() {
        List<ConfigProblem> errors = given().errors("{gateway: {remote: {token: 12345}, auth: {password: 67890}}}");

        assertTrue(errors.stream().noneMatch(error -> error.text().matches(".*(12345|67890).*")), errors::toString);
    }

    private void secretFile(String content, String permissions) throws IOException {
        Path file = directory.resolve("secret");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String fileReference(String mode, String id) {
        return "{gateway: {auth: {token: {source: 'file', provider: 'f', id: '" + id + "'}}}, secrets: {providers: {f:"
                + " {source: 'file', path: 'secret', mode: '" + mode + "'}}}}";
    }

    private static String token(GatewayConfig config) {
        return config.auth().token().orElseThrow().reveal();
    }

    private Given given() {
        return new Given(directory);
    }
}
