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
                  agents: { defaults: { contextTokens: 5 } },
                  plugins: { entries: { "api-key": { config: { file: '/etc/keys' } } } } }
                """);

        Map<String, Object> shown = ConfigRedaction.redact(config);

        assertEquals(config.document().root(), shown);
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
