package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigRedactionTest {
    @TempDir
    Path directory;

    @Test
    void nothingSecretIsShown() {
        GatewayConfig config = new Given(directory, Map.of("PASS", "hidden-7")).valid("""
                { gateway: { auth: { mode: 'token', token: 'hidden-1-token', password: 'hidden-2' } },
                  channels: { telegram: { botToken: 'hidden-3' } },
                  env: { vars: { ANY: 'hidden-4' }, OTHER: 'hidden-5' },
                  models: { providers: { openai: { apiKey: 'hidden-6', headers: { Authorization: 'Bearer hidden-8' } } } },
                  plugins: { entries: { w: { config: {
                     url: 'https://user:${PASS}@example.org/', note: 'it is hidden-1-token', clientSecret: ['hidden-9'],
                     key: 'hidden-10', pin: 'sk-hidden-11', password: 1234567 } } } } }
                """);

        String shown = ConfigRedaction.redact(config).toString();

        assertFalse(shown.contains("hidden-"), shown);
        assertFalse(shown.contains("1234567"), shown);
        assertTrue(shown.contains(ConfigRedaction.REDACTED));
    }

    @Test
    void whatIsNotSecretIsShown() {
        GatewayConfig config = new Given(directory).valid("""
                { gateway: { port: 9000, auth: { mode: 'none' }, tools: { deny: ['browser'] } }, session: { mainKey: 'work' },
                  tools: { deny: ['a', 'b_*'] }, channels: { irc: { groups: { x: { tools: { deny: ['c'] } } } } },
                  plugins: { allow: ['api-key'], entries: { "api-key": { enabled: true, services: ['config'], config: {} } } } }
                """);

        Map<String, Object> shown = ConfigRedaction.redact(config);

        assertEquals(config.document().root(), shown);
    }

    @Test
    void ofWhatOnlyOthersUnderstandTheTypeIsShown() {
        GatewayConfig config = new Given(directory).valid("""
                { gateway: { auth: { mode: 'none' } }, agents: { defaults: { contextTokens: 5, model: 'a/b' } },
                  channels: { irc: { nick: 'hidden', pins: [4711, 'hidden'], groups: { x: { tools: { deny: ['a'] } } } } },
                  models: { providers: { a: { pass: 'hidden', base: 'https://a.example/?k=hidden' } } },
                  hooks: { path: 'hidden', on: true, fake: { source: 'word', provider: 'x', id: 'hidden' } },
                  plugins: { entries: { w: { config: { pin: 4711, dsn: 'hidden', list: ['hidden', 4711, true, null], none: '',
                     inner: { pass: 'hidden', url: 'https://u:hidden@h/?t=hidden' } } } } } }
                """);

        Map<String, Object> shown = ConfigRedaction.redact(config);

        assertFalse(shown.toString().contains("hidden"), shown.toString());
        assertFalse(shown.toString().contains("4711"), shown.toString());
        assertTrue(
                shown.toString()
                        .contains("{pin=<number>, dsn=<text>, list=[<text>, <number>, true, null], none=,"
                                + " inner={pass=<text>, url=<text>}}"),
                shown.toString());
        assertTrue(shown.toString().contains("groups={x={tools={deny=[a]}}}"), shown.toString());
    }

    @Test
    void whoMayChangeEverythingSeesValuesThatAreNoSecretsByNameOrForm() {
        GatewayConfig config = new Given(directory).valid("""
                { gateway: { auth: { mode: 'none' } }, plugins: { entries: { w: { config: { dsn: 'shown', password: 'hidden',
                     url: 'https://user:hidden@h/p?q=hidden&r;s=hidden#hidden=hidden', one: 'http://h/?hidden0123456789abcdef',
                     two: 'see http://a/b?c=hidden and jdbc:x://d:hidden@e' } } } } }
                """);

        String shown = ConfigRedaction.redactSecrets(config).toString();

        assertFalse(shown.replace("#hidden=", "").contains("hidden"), shown);
        assertTrue(shown.contains("dsn=shown"), shown);
        assertTrue(
                shown.contains(
                        "url=https://" + ConfigRedaction.REDACTED + "@h/p?q=" + ConfigRedaction.REDACTED + "&r;s="),
                shown);
    }

    @Test
    void urlsOfTheGatewayItselfAreShownWithoutWhatIsSecretInThem() {
        GatewayConfig config = new Given(directory).valid("""
                { gateway: { auth: { mode: 'none' } }, tools: { allow: ['http://u:hidden@h:4318/?key=hidden'] } }
                """);

        String shown = ConfigRedaction.redact(config).toString();

        assertTrue(
                shown.contains("http://" + ConfigRedaction.REDACTED + "@h:4318/?key=" + ConfigRedaction.REDACTED),
                shown);
    }

    @Test
    void whereASecretIsMayBeShown() {
        GatewayConfig config = new Given(directory, Map.of("T", "hidden-token"))
                .valid("{ gateway: { auth: { token: { source: 'env', provider: 'default', id: 'T' } } } }");

        assertEquals(config.document().root(), ConfigRedaction.redact(config));
    }

    @Test
    void whatWasShownIsNotAccepted() {
        Given.says(
                new Given(directory).errors("{gateway: {auth: {token: '" + ConfigRedaction.REDACTED + "'}}}"),
                "placeholder");
    }
}
