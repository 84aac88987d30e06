package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {
    @TempDir
    Path directory;

    @Test
    void singleQuotesAreQuotesInJson5() {
        GatewayConfig config = given().valid("{ tools: { deny: ['browser'] } }");

        assertEquals(List.of("browser"), config.tools().rules().deny().orElseThrow());
    }

    @Test
    void commentsTrailingCommasHexadecimalAndPlusSignsAreJson5() {
        GatewayConfig config = given().valid("""
                \uFEFF// a comment
                { /* another */ gateway: { port: 0x1F90, drainTimeoutMs: +50, }, }
                """);

        assertEquals(8080, config.server().port());
        assertEquals(50, config.server().drain().toMillis());
    }

    @Test
    void aKeyThatIsWrittenAgainReplacesTheObjectAndIsWarnedAbout() {
        ConfigReading reading = given().json("{ tools: { deny: ['a'] },\n tools: { profile: 'minimal' } }");

        assertEquals(
                java.util.Optional.empty(), Given.valid(reading).tools().rules().deny());
        Given.says(reading.warnings(), "openclaw.json:2", "tools", "already written in line 1");
    }

    @Test
    void anEscapeThatJson5KnowsAndWeDoNotIsAnErrorAndNotMisread() {
        Given.says(given().errors("{ tools: { deny: ['\\x41'] } }"), "openclaw.json:1", "not JSON5");
    }

    @Test
    void aSyntaxErrorNamesTheLineAndNothingOfTheContent() {
        List<ConfigProblem> errors = given().errors("{ gateway: {\n auth: { token: s3cr3t-value } } }");

        Given.says(errors, "openclaw.json:2");
        assertFalse(errors.toString().contains("s3cr3t"), errors::toString);
    }

    @Test
    void aSyntaxErrorInHoconNamesTheLineAndNothingOfTheContent() {
        List<ConfigProblem> errors = Given.errors(given().conf("gateway {\n auth.token = \"s3cr3t-value\" \"x\n}"));

        Given.says(errors, "gateway.conf:2", "not HOCON");
        assertFalse(errors.toString().contains("s3cr3t"), errors::toString);
    }

    @Test
    void somethingAfterTheDocumentIsAnError() {
        Given.says(given().errors("{} {}"), "follows the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t\n", "\uFEFF", "\uFEFF // nothing\n", "// nothing", "\n// one\n\n// another"})
    void fileThatSaysNothingIsNoConfiguration(String text) {
        Given.says(given().errors(text), "openclaw.json", "the file is empty");
        Given.says(Given.errors(given().conf(text)), "gateway.conf", "the file is empty");
    }

    @Test
    void fileOfCommentsOnlyIsNoConfigurationInEitherSyntax() {
        Given.says(given().errors("/* nothing */"), "the file is empty");
        Given.says(Given.errors(given().conf("# nothing\n")), "the file is empty");
        Given.says(Given.errors(given().conf("\0\0\0")), "the file is empty");
    }

    @Test
    void emptyObjectIsAConfigurationOfDefaults() {
        assertEquals("token", given().valid("{}").auth().mode());
        assertEquals("token", Given.valid(given().conf("{}")).auth().mode());
    }

    @Test
    void aListIsNoConfiguration() {
        Given.says(given().errors("[]"), "a list, not an object");
    }

    @Test
    void hoconHasPathsAndUnquotedTexts() {
        GatewayConfig config = Given.valid(given().conf("""
                gateway.port = 9000
                tools { profile = minimal, alsoAllow = [ web_fetch ] }
                """));

        assertEquals(9000, config.server().port());
        assertEquals(ToolRules.Profile.MINIMAL, config.tools().rules().profile().orElseThrow());
    }

    @Test
    void hoconSubstitutesFromTheGivenVariablesOnly() {
        ConfigReading reading = given().with(Map.of("GW_PORT", "9001", "SECRET", "a-${X}-b"))
                .conf("gateway { port = ${GW_PORT}, auth.token = ${SECRET}\n customBindHost = ${?PATH} }");

        GatewayConfig config = Given.valid(reading);
        assertEquals(9001, config.server().port());
        assertEquals("a-${X}-b", config.auth().token().orElseThrow().reveal());
        assertEquals(java.util.Optional.empty(), config.server().customBindHost());
    }

    @Test
    void anOptionalSubstitutionInHoconLeavesTheDefault() {
        assertEquals(
                18789,
                Given.valid(given().conf("gateway { port = ${?GW_PORT} }"))
                        .server()
                        .port());
    }

    @Test
    void aRequiredSubstitutionThatNobodySetIsAnErrorWhereItIsUsed() {
        ConfigReading reading = given().conf("gateway.auth.token = ${NO_SUCH}\ntools.profile = ${NOR_THIS}");

        Given.says(Given.errors(reading), "gateway.auth.token", "NO_SUCH");
        Given.says(Given.errors(reading), "tools.profile", "NOR_THIS");
    }

    @Test
    void aRequiredSubstitutionThatNobodySetIsAWarningElsewhere() {
        ConfigReading reading = given().conf("hooks.token = ${NO_SUCH}");

        Given.valid(reading);
        Given.says(reading.warnings(), "hooks.token", "NO_SUCH");
    }

    @Test
    void theQuotedFormWorksInBothSyntaxes() {
        Given set = given().with(Map.of("TOKEN", "t0ken-t0ken"));

        assertEquals(
                "t0ken-t0ken",
                Given.valid(set.conf("gateway.auth.token = \"${TOKEN}\""))
                        .auth()
                        .token()
                        .orElseThrow()
                        .reveal());
        assertEquals(
                "t0ken-t0ken",
                set.valid("{gateway: {auth: {token: '${TOKEN}'}}}")
                        .auth()
                        .token()
                        .orElseThrow()
                        .reveal());
    }

    @Test
    void twoDollarsMeanTheTextItself() {
        assertEquals(
                "a${X}b",
                given().valid("{gateway: {auth: {token: 'a$${X}b'}}}")
                        .auth()
                        .token()
                        .orElseThrow()
                        .reveal());
    }

    @Test
    void variablesOfTheDocumentStandBelowThoseOfTheProcess() {
        String text = "{env: {vars: {A: 'file-a', B: 'file-b'}}, gateway: {auth: {token: '${A}-${B}'}}}";

        assertEquals(
                "process-a-file-b",
                given().with(Map.of("A", "process-a"))
                        .valid(text)
                        .auth()
                        .token()
                        .orElseThrow()
                        .reveal());
    }

    @Test
    void aNumberMayComeFromAVariableButNotFromAText() {
        assertEquals(
                9002,
                given().with(Map.of("P", "9002"))
                        .valid("{gateway: {port: '${P}'}}")
                        .server()
                        .port());
        Given.says(given().errors("{gateway: {port: '9002'}}"), "gateway.port", "whole number", "\"9002\"");
    }

    @Test
    void agentsKeepTheOrderOfTheFileInHocon() {
        GatewayConfig config = Given.valid(given().conf("agents.entries {\n zoe {}\n ann {}\n mia {}\n}"));

        assertEquals(
                List.of("zoe", "ann", "mia"),
                List.copyOf(config.agents().entries().keySet()));
    }

    private Given given() {
        return new Given(directory);
    }
}
