package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.GatewayStartException;
import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.LoggingConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of every kind go into a real gateway in many ways; none comes out where it is not asked for. */
class NothingLeaksTest {
    private static final String TOKEN = "canary-token-7f3a9c01-and-long-enough";
    private static final String CONFIGURED = "canary-configured-7f3a9c02";
    private static final String REFERRED = "canary-referred-7f3a9c03";
    private static final String VARIABLE = "canary-variable-7f3a9c04";
    private static final String CREDENTIAL = "canary-credential-7f3a9c05";
    private static final String ARGUMENT = "canary-argument-7f3a9c06";
    private static final String RESULT = "canary-result-7f3a9c07";
    private static final String HEADER = "canary-header-7f3a9c08";
    private static final String QUERY = "canary-query-7f3a9c09";
    private static final String MALFORMED = "canary-malformed-7f3a9c10";
    private static final String EDITED = "canary-edited-7f3a9c11-and-long-enough";

    private static final String CONFIG = """
            {
              gateway: { port: 0, auth: { token: '%s' } },
              tools: { allow: ['echo', 'fail', 'chatty'] },
              plugins: { entries: { leaky: { config: {
                apiKey: '%s',
                upstream: { source: 'env', provider: 'default', id: 'LEAKY' },
                url: 'http://user:%s@127.0.0.1:1/' } } } },
              logging: { level: 'trace', file: 'gateway.log' },
            }
            """.formatted(TOKEN, CONFIGURED, CONFIGURED);

    private static final Map<String, String> VARIABLES = Map.of("LEAKY", REFERRED, "ACME_PASSWORD", VARIABLE);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private PrintStream out;
    private PrintStream err;

    @BeforeEach
    void listen() throws IOException {
        out = System.out;
        err = System.err;
        PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        LoggingSetup.forGateway(new LoggingConfig(
                System.Logger.Level.TRACE,
                Optional.of(folder.resolve("gateway.log")),
                LoggingConfig.MAX_FILE_BYTES,
                new LoggingConfig.Console(System.Logger.Level.TRACE, LoggingConfig.Style.PRETTY),
                List.of(),
                Map.of("libraries", System.Logger.Level.DEBUG)));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
        LoggingSetup.forCommands();
    }

    @Test
    void noSecretComesOutAnywhere() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, CONFIG, VARIABLES, new Leaky())) {
            calls(gateway);
            views(gateway);
            reloads(gateway);
            calls(gateway);
        }
        refusedStarts();
        commands();

        Map<String, String> places = new LinkedHashMap<>(answers);
        places.put("standard output and error", printed.toString(StandardCharsets.UTF_8));
        places.put("log", Files.readString(folder.resolve("gateway.log")));
        places.put("audit", Files.readString(folder.resolve("state/audit.jsonl")));
        List<String> leaks = new ArrayList<>();
        places.forEach((place, text) ->
                text.lines().filter(line -> line.contains("7f3a9c")).forEach(line -> leaks.add(place + ": " + line)));
        assertEquals(List.of(), leaks);
        assertTrue(places.get("log").contains("leaky fails"), "the log was not listened to");
        assertTrue(
                places.get("log").contains("calling http://***@127.0.0.1:1/ with *** and ***"),
                "no secret was there to take out");
        assertTrue(places.get("log")
                .lines()
                .anyMatch(line -> line.contains("calling") && line.contains("\"invocation\":")));
        assertTrue(places.get("log").contains("reload skipped"), "the log was not listened to");
        assertTrue(places.get("standard output and error").contains("\tat "), "no stack trace was printed");
    }

    private void calls(TestGateway gateway) {
        HttpResponse<String> completed = post(gateway, call("echo", ARGUMENT), TOKEN);
        assertEquals(200, completed.statusCode());
        assertTrue(completed.body().contains(RESULT), "who asks for a result gets it");
        expect(400, post(gateway, "{\"tool\":\"echo\",\"args\":{\"count\":\"" + ARGUMENT + "\"}}", TOKEN));
        expect(400, post(gateway, "{\"tool\":\"echo\",\"args\":\"" + ARGUMENT + "\"}", TOKEN));
        expect(400, post(gateway, "{\"tool\":\"echo\",\"args\":{\"text\":\"" + ARGUMENT + "\"", TOKEN));
        expect(400, post(gateway, ARGUMENT, TOKEN));
        expect(401, post(gateway, call("echo", ARGUMENT), CREDENTIAL));
        expect(
                401,
                gateway.send(gateway.request("/portcullis/v1/status?token=" + QUERY)
                        .header("Authorization", "Basic " + CREDENTIAL)
                        .build()));
        expect(404, post(gateway, call("unknown", ARGUMENT), TOKEN));
        expect(
                404,
                gateway.send(gateway.request("/" + QUERY + "?token=" + QUERY).build()));
        expect(405, gateway.send(gateway.request("/tools/invoke?token=" + QUERY).build()));
        expect(500, post(gateway, call("fail", ARGUMENT), TOKEN));
        assertEquals(200, post(gateway, call("chatty", ARGUMENT), TOKEN).statusCode());
    }

    private void views(TestGateway gateway) {
        for (String path : List.of(
                "/metrics",
                "/ready",
                "/startup",
                "/portcullis/v1/status",
                "/portcullis/v1/plugins",
                "/portcullis/v1/tools",
                "/portcullis/v1/tools/echo",
                "/portcullis/v1/sessions",
                "/portcullis/v1/config")) {
            HttpResponse<String> answer = gateway.send(gateway.request(path)
                    .header("Authorization", "Bearer " + TOKEN)
                    .build());
            answers.put("GET " + path, answer.body() + answer.headers().map());
        }
    }

    private void reloads(TestGateway gateway) throws IOException {
        Path file = folder.resolve("openclaw.json");
        for (String edited : List.of(
                CONFIG.replace("'" + TOKEN + "'", "['" + EDITED + "']"),
                CONFIG.replace("'" + TOKEN + "'", "'" + EDITED),
                CONFIG.replace("token:", "tokn:"),
                CONFIG.replace("port: 0", "port: 0, password: '" + EDITED + "'"),
                CONFIG.replace("'LEAKY'", "'MISSING'"),
                CONFIG.replace("level: 'trace'", "level: 'trace', redactPatterns: ['(" + EDITED + "']"),
                CONFIG.replace("apiKey: '" + CONFIGURED + "'", "apiKey: '" + EDITED + "', refuse: true"))) {
            Files.writeString(file, edited);
            gateway.gateway().reload();
        }
        Files.writeString(file, CONFIG + "// touched");
        gateway.gateway().reload();
    }

    /** As {@code run} says it. */
    private void refusedStarts() throws IOException {
        for (String refused : List.of(
                CONFIG.replace("'" + TOKEN + "'", "{ value: '" + MALFORMED + "' }"),
                CONFIG.replace("token:", "token: '" + MALFORMED + "' token:"),
                CONFIG.replace("'" + TOKEN + "'", "'" + MALFORMED + "\n'"),
                CONFIG.replace("port: 0", "port: 'password=" + MALFORMED + "'"))) {
            Path other = Files.createTempDirectory(folder, "refused");
            try {
                TestGateway.start(other, refused, VARIABLES, new Leaky()).close();
                throw new AssertionError("started");
            } catch (GatewayStartException expected) {
                run(other.resolve("openclaw.json"), "run");
            }
        }
    }

    private void commands() throws IOException {
        Path json5 = Files.writeString(folder.resolve("openclaw.json"), CONFIG);
        Path hocon = Files.writeString(
                folder.resolve("broken.conf"),
                "gateway.auth.token = \"" + MALFORMED + "\" }\nplugins { entries { x { config { password = " + MALFORMED
                        + " ] } } }");
        for (List<String> command : List.of(
                List.of("config", "get"),
                List.of("config", "get", "--json"),
                List.of("config", "get", "gateway"),
                List.of("config", "get", "gateway.auth.token"),
                List.of("config", "get", "plugins.entries.leaky.config"),
                List.of("config", "validate"),
                List.of("security", "audit"))) {
            run(json5, command.toArray(String[]::new));
            run(hocon, command.toArray(String[]::new));
        }
    }

    private void run(Path config, String... command) {
        List<String> arguments = new ArrayList<>(List.of(
                "--config",
                config.toString(),
                "--state-dir",
                folder.resolve("state").toString()));
        arguments.addAll(List.of(command));
        StringWriter said = new StringWriter();
        ConfigEnvironment environment = ConfigEnvironment.of(VARIABLES);
        Commands.line(
                        Surroundings.ofProcess(),
                        ConfigFiles.locator(environment, Optional.empty()),
                        new GatewayStarter(environment, Optional.empty()),
                        new ProcessHost())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(String[]::new));
        assertFalse(said.toString().isBlank(), arguments::toString);
        answers.merge(config.getFileName() + " " + String.join(" ", command), said.toString(), String::concat);
    }

    private HttpResponse<String> post(TestGateway gateway, String body, String credential) {
        return gateway.send(gateway.request("/tools/invoke?code=" + QUERY)
                .header("Authorization", "Bearer " + credential)
                .header("Cookie", "session=" + HEADER)
                .header("X-Something", HEADER)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private void expect(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer::body);
        answers.merge("answers with " + status, answer.body() + answer.headers().map() + "\n", String::concat);
    }

    private static String call(String tool, String argument) {
        return "{\"tool\":\"" + tool + "\",\"args\":{\"text\":\"" + argument + "\"}}";
    }

    /** What careless plugins do. */
    private static final class Leaky implements ToolProvider {
        @Override
        public String name() {
            return "leaky";
        }

        @Override
        public List<Tool> tools(PluginContext context) {
            String key = context.config().requiredString("apiKey");
            String referred = context.config().requiredString("upstream");
            String url = context.config().requiredString("url");
            if (context.config().flag("refuse").orElse(false)) {
                throw new IllegalStateException("the key " + key + " was refused");
            }
            InputSchema schema =
                    InputSchema.object().optionalString("text", "any").optionalInteger("count", 0, 10, "any");
            return Stream.of(
                            Tool.of(descriptor("echo", schema), call -> ToolResult.of(Map.of("result", RESULT))),
                            Tool.of(descriptor("fail", schema), call -> {
                                String text = call.arguments().string("text");
                                throw new IllegalStateException(
                                        "leaky fails: " + text + " with " + key,
                                        new IOException("GET " + url + "?key=" + referred + " for " + text));
                            }),
                            Tool.of(descriptor("chatty", schema), call -> {
                                context.logger()
                                        .log(
                                                System.Logger.Level.WARNING,
                                                "calling " + url + " with " + key + " and " + referred);
                                context.logger()
                                        .log(
                                                System.Logger.Level.ERROR,
                                                "it went wrong",
                                                new IllegalStateException("Authorization: Bearer " + referred));
                                System.getLogger("com.acme.client")
                                        .log(System.Logger.Level.INFO, "password=" + VARIABLE + " as configured");
                                return ToolResult.none();
                            }))
                    .toList();
        }

        private static ToolDescriptor descriptor(String name, InputSchema schema) {
            return ToolDescriptor.named(name).description("leaks").input(schema).build();
        }
    }
}
