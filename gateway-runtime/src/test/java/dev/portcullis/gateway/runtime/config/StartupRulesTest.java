package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupRulesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {gateway: {bind: 'lan'}}                                     | Refusing to bind gateway to lan without auth
            {gateway: {bind: 'tailnet', auth: {mode: 'none'}}}           | Refusing to bind gateway to tailnet without auth
            {gateway: {bind: 'custom', customBindHost: '10.0.0.1'}}      | Refusing to bind gateway to custom without auth
            {gateway: {bind: 'custom', auth: {token: 't'}}}              | gateway.bind=custom requires gateway.customBindHost
            {gateway: {bind: 'custom', customBindHost: '10.0.0.256'}}    | requires a valid IPv4 customBindHost (got 10.0.0.256)
            {gateway: {auth: {mode: 'password'}}}                        | no password was configured
            {gateway: {auth: {mode: 'trusted-proxy'}}}                   | no trustedProxy config was provided
            {gateway: {auth: {mode: 'trusted-proxy'}}}                   | requires gateway.trustedProxies
            {gateway: {trustedProxies: ['10.0.0.1'], auth: {mode: 'trusted-proxy', trustedProxy: {userHeader: ' '}}}} | userHeader is empty
            {gateway: {auth: {mode: 'trusted-proxy', token: 't'}}}       | mutually exclusive
            {gateway: {auth: {token: 't'}, tailscale: {mode: 'funnel'}}} | tailscale funnel requires gateway auth mode=password
            {gateway: {auth: {token: 't'}, bind: 'lan', tailscale: {mode: 'serve'}}} | requires gateway bind=loopback
            {gateway: {auth: {mode: 'none'}, tailscale: {mode: 'serve'}}} | requires authentication
            """)
    void whatMustNotGoTogetherStopsTheStart(String json5, String why) {
        Given.says(given().errors(json5), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                     | LOOPBACK
            {gateway: {auth: {mode: 'none'}}}                                      | LOOPBACK
            {gateway: {bind: 'lan', auth: {token: 't'}}}                           | LAN
            {gateway: {bind: 'lan', auth: {mode: 'api-key'}}}                      | LAN
            {gateway: {bind: '0.0.0.0', auth: {token: 't'}}}                       | LAN
            {gateway: {bind: 'localhost'}}                                         | LOOPBACK
            {gateway: {bind: 'auto'}}                                              | LOOPBACK
            {gateway: {bind: 'custom', customBindHost: '127.0.0.2'}}               | CUSTOM
            """)
    void whatMayGoTogetherStarts(String json5, ServerConfig.Bind bind) {
        assertEquals(bind, given().valid(json5).server().bind());
    }

    @Test
    void autoMeansEveryInterfaceInAContainer() {
        Path file = directory.resolve("c.json");
        given().file("c.json", "{gateway: {bind: 'auto'}}");

        ConfigReading reading = ConfigReader.read(
                file, new ConfigEnvironment(Map.of(), ConfigEnvironment.Overrides.NONE, directory, true));

        Given.says(Given.errors(reading), "Refusing to bind gateway to lan without auth");
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        GatewayConfig config = Given.valid(ConfigReader.withoutFile(ConfigEnvironment.of(Map.of())));

        assertEquals(18789, config.server().port());
        assertEquals("token", config.auth().mode());
        assertEquals("built-in defaults", config.document().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.*",
                "10.0.0.0/255.0.0.0",
                "10.0.0.1-5",
                "10.1",
                "010.0.0.1",
                "10.0.0.0/08",
                "fe80::1%1",
                "*",
                "/8"
            })
    void proxiesThatNobodyWouldRecogniseAreNamed(String entry) {
        ConfigReading reading = given().json("{gateway: {trustedProxies: ['" + entry + "']}}");

        Given.says(reading.warnings(), "gateway.trustedProxies", entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", " 10.0.0.0/8 ", "::1", "fd00::/8", "::ffff:10.0.0.1", "0.0.0.0/0"})
    void proxiesByAddressOrRangeAreUnderstood(String entry) {
        ConfigReading reading = given().json("{gateway: {trustedProxies: ['" + entry + "']}}");

        assertTrue(
                reading.warnings().stream().noneMatch(warning -> warning.text().contains("trustedProxies")),
                () -> reading.warnings().toString());
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        Given.says(Given.errors(given().read("none.conf")), "none.conf cannot be read: it does not exist");
    }

    @Test
    void aProxyThatIsNoAddressIsWarnedAbout() {
        ConfigReading reading = given().json("{gateway: {trustedProxies: ['10.0.0.0/8', 'proxy.example']}}");

        Given.says(reading.warnings(), "gateway.trustedProxies", "proxy.example");
        assertEquals(1, reading.warnings().size());
    }

    private Given given() {
        return new Given(directory);
    }
}
