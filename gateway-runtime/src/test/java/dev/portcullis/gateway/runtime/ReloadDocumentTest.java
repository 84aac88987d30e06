package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadDocumentTest {
    @TempDir
    Path folder;

    @Test
    void documentNamesTheKeysThatTakeARestart() throws IOException {
        GatewayConfig everythingElse = read("""
                { gateway: { port: 1, bind: 'lan', customBindHost: '127.0.0.2', trustedProxies: ['10.0.0.1'],
                             allowRealIpFallback: true, drainTimeoutMs: 1, tls: { enabled: true }, publicOrigin: 'https://a.example', invoke: { timeoutMs: 1 }, tools: { allow: ['exec'] },
                             auth: { mode: 'password', password: 'long-enough-0123456789', rateLimit: { maxAttempts: 1 } } },
                  tools: { deny: ['a'] }, agents: { entries: { ops: {} } }, channels: { telegram: {} },
                  session: { mainKey: 'work' }, plugins: { enabled: false },
                  logging: { level: 'debug', file: 'x.log', audit: { enabled: false } },
                  diagnostics: { metrics: { enabled: false }, otel: { enabled: true } } }
                """);

        assertEquals(
                RestartOnly.of(read("{}"), everythingElse).keys(),
                Document.of("configuration.md").table("## Changes while it serves").stream()
                        .map(row -> Document.plain(row.get("key")))
                        .toList());
    }

    private GatewayConfig read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("openclaw.json"), text);
        ConfigReading reading = ConfigReader.read(file, ConfigEnvironment.of(Map.of()));
        return assertInstanceOf(ConfigReading.Valid.class, reading, reading::toString)
                .config();
    }
}
