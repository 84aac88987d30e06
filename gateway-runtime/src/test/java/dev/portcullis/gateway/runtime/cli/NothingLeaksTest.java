package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.Collector;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of every kind go into a real gateway in many ways; none comes out where it is not asked for. */
class NothingLeaksTest {

    private static final String CONFIG = """
            {
              gateway: { port: 0, auth: { token: '%s', rateLimit: { exemptLoopback: false, maxAttempts: 1000 } } },
              tools: { allow: ['echo', 'fail', 'chatty', 'strict', 'null', 'error'] },
              plugins: { entries: { leaky: { config: {
                apiKey: '%s',
                upstream: { source: 'env', provider: 'default', id: 'LEAKY' },
                url: 'http://user:%s@127.0.0.1:1/' } } } },
              logging: { level: 'trace', file: 'gateway.log' },
              diagnostics: { otel: { enabled: true, endpoint: 'http://127.0.0.1:1', flushIntervalMs: 3600000,
                headers: { authorization: { source: 'env', id: 'COLLECTOR' } } } },
            }
            """.formatted(Canary.TOKEN, Canary.CONFIGURED, Canary.CONFIGURED);

    private static final Map<String, String> VARIABLES =
            Map.of("LEAKY", Canary.REFERRED, "ACME_PASSWORD", Canary.VARIABLE, "COLLECTOR", Canary.EXPORTED);

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
        try (Collector collector = new Collector()) {
            String config = CONFIG.replace("127.0.0.1:1'", "127.0.0.1:" + collector.port() + "'");
            try (TestGateway gateway = TestGateway.start(folder, config, VARIABLES, new LeakyPlugin())) {
                calls(gateway);
                views(gateway);
                sockets(gateway);
                refusedSockets(gateway);
                clients(gateway);
                reloads(gateway, config);
                calls(gateway);
            }
            assertFalse(collector.received().isEmpty(), "nothing was collected");
            collector.received().forEach(one -> answers.merge("OTLP " + one.path(), one.body() + "\n", String::concat));
            assertTrue(
                    collector.received().getFirst().header("authorization").equals(Canary.EXPORTED),
                    "the collector gets what it asks for");
        }
        refusedStarts();
        edits();
        commands();

        Map<String, String> places = new LinkedHashMap<>(answers);
        places.put("standard output and error", printed.toString(StandardCharsets.UTF_8));
        places.put("log", Files.readString(folder.resolve("gateway.log")));
        places.put("audit", Files.readString(folder.resolve("state/audit.jsonl")));
        assertEquals(List.of(), Canary.leaks(places));
        assertTrue(places.get("log").contains("leaky fails"), "the log was not listened to");
        assertTrue(
                places.get("log").contains("calling http://***@127.0.0.1:1/ with *** and ***"),
                "no secret was there to take out");
        assertTrue(places.get("log")
                .lines()
                .anyMatch(line -> line.contains("calling") && line.contains("\"invocation\":")));
        assertTrue(places.get("log").contains("heard: [argument] and more"), "no argument was there to take out");
        assertTrue(places.get("log").contains("reload skipped"), "the log was not listened to");
        assertTrue(places.get("standard output and error").contains("\tat "), "no stack trace was printed");
    }

    private void calls(TestGateway gateway) {
        HttpResponse<String> completed = post(gateway, call("echo", Canary.ARGUMENT), Canary.TOKEN);
        assertEquals(200, completed.statusCode());
        assertTrue(completed.body().contains(Canary.RESULT), "who asks for a result gets it");
        expect(
                400,
                post(gateway, "{\"tool\":\"echo\",\"args\":{\"count\":\"" + Canary.ARGUMENT + "\"}}", Canary.TOKEN));
        expect(400, post(gateway, "{\"tool\":\"echo\",\"args\":\"" + Canary.ARGUMENT + "\"}", Canary.TOKEN));
        expect(400, post(gateway, "{\"tool\":\"echo\",\"args\":{\"text\":\"" + Canary.ARGUMENT + "\"", Canary.TOKEN));
        expect(400, post(gateway, Canary.ARGUMENT, Canary.TOKEN));
        for (String value : List.of(
                "\"text\":\"" + Canary.ARGUMENT + "\"",
                "\"mode\":\"" + Canary.ARGUMENT + "\"",
                "\"list\":[\"" + Canary.ARGUMENT + "\"]",
                "\"list\":{\"a\":\"" + Canary.ARGUMENT + "\"}",
                "\"other\":\"" + Canary.ARGUMENT + "\"")) {
            expect(400, post(gateway, "{\"tool\":\"strict\",\"args\":{" + value + "}}", Canary.TOKEN));
        }
        expect(500, post(gateway, call("error", Canary.ARGUMENT), Canary.TOKEN));
        expect(500, post(gateway, call("null", Canary.ARGUMENT), Canary.TOKEN));
        expect(401, post(gateway, call("echo", Canary.ARGUMENT), Canary.CREDENTIAL));
        expect(
                401,
                gateway.send(gateway.request("/portcullis/v1/status?token=" + Canary.QUERY)
                        .header("Authorization", "Basic " + Canary.CREDENTIAL)
                        .build()));
        expect(404, post(gateway, call("unknown", Canary.ARGUMENT), Canary.TOKEN));
        expect(
                404,
                gateway.send(gateway.request("/" + Canary.QUERY + "?token=" + Canary.QUERY)
                        .build()));
        expect(
                405,
                gateway.send(
                        gateway.request("/tools/invoke?token=" + Canary.QUERY).build()));
        expect(500, post(gateway, call("fail", Canary.ARGUMENT), Canary.TOKEN));
        assertEquals(
                200,
                post(gateway, call("chatty", Canary.ARGUMENT), Canary.TOKEN).statusCode());
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
                    .header("Authorization", "Bearer " + Canary.TOKEN)
                    .build());
            answers.put("GET " + path, answer.body() + answer.headers().map());
        }
    }

    private void reloads(TestGateway gateway, String config) throws IOException {
        Path file = folder.resolve("openclaw.json");
        for (String edited : List.of(
                config.replace("'" + Canary.TOKEN + "'", "['" + Canary.EDITED + "']"),
                config.replace("'" + Canary.TOKEN + "'", "'" + Canary.EDITED),
                config.replace("token:", "tokn:"),
                config.replace("port: 0", "port: 0, password: '" + Canary.EDITED + "'"),
                config.replace("'LEAKY'", "'MISSING'"),
                config.replace("level: 'trace'", "level: 'trace', redactPatterns: ['(" + Canary.EDITED + "']"),
                config.replace(
                        "apiKey: '" + Canary.CONFIGURED + "'", "apiKey: '" + Canary.EDITED + "', refuse: true"))) {
            Files.writeString(file, edited);
            gateway.gateway().reload();
        }
        Files.writeString(file, config + "// touched");
        gateway.gateway().reload();
    }

    private void sockets(TestGateway gateway) throws Exception {
        try (SocketTalk talk = new SocketTalk(gateway.port(), "/?token=" + Canary.QUERY, Canary.HEADER)) {
            talk.say(connect(Canary.TOKEN), "hello-ok");
            talk.say("{\"type\":\"req\",\"" + Canary.FRAME, "invalid request frame");
            talk.say(request("1", "tools.invoke", call("fail", Canary.FRAME)), "\"1\"");
            talk.say(request("2", "tools.invoke", call("strict", Canary.FRAME)), "\"2\"");
            talk.say(request("3", "tools.invoke", call("chatty", Canary.FRAME)), "\"3\"");
            talk.say(request("4", "tools.invoke", call("unknown", Canary.FRAME)), "\"4\"");
            talk.say(request("5", "tools.invoke", "{\"name\":{\"x\":\"" + Canary.FRAME + "\"}}"), "\"5\"");
            talk.say(request("6", "sessions.list", "{\"search\":\"" + Canary.FRAME + "\"}"), "\"6\"");
            talk.say(request("7", "config.get", "{\"a\":\"" + Canary.FRAME + "\"}"), "\"7\"");
            for (String method : List.of(
                    "health",
                    "status",
                    "system-presence",
                    "config.get",
                    "tools.catalog",
                    "sessions.list",
                    "plugins.list",
                    "logs.tail",
                    "audit.activity.list",
                    "gateway.identity.get")) {
                talk.say(request(method, method, "{}"), "\"id\":\"" + method + "\",\"ok\":true");
            }
            answers.put("frames", talk.all());
        }
    }

    private void refusedSockets(TestGateway gateway) throws Exception {
        for (String first : List.of(
                connect(Canary.CREDENTIAL),
                connect(Canary.CREDENTIAL).replace("\"token\"", "\"password\""),
                connect(Canary.CREDENTIAL)
                        .replace("\"token\":", "\"token\":{\"x\":")
                        .replace("}}}", "}}}}"),
                connect(Canary.CREDENTIAL).replace("\"maxProtocol\":4", "\"maxProtocol\":1"),
                request("1", "health", "{\"token\":\"" + Canary.CREDENTIAL + "\"}"),
                Canary.CREDENTIAL)) {
            try (SocketTalk talk = new SocketTalk(gateway.port(), "/?token=" + Canary.QUERY, Canary.HEADER)) {
                talk.say(first, "closed 100");
                answers.merge("refused frames", talk.all(), String::concat);
            }
        }
    }

    private static String connect(String token) {
        return request(
                "connect",
                "connect",
                "{\"minProtocol\":4,\"maxProtocol\":4,\"client\":{\"id\":\"cli\",\"version\":\"1\",\"platform\":\"linux\","
                        + "\"mode\":\"cli\"},\"role\":\"operator\",\"scopes\":[\"operator.read\",\"operator.write\"],"
                        + "\"auth\":{\"token\":\"" + token + "\"}}");
    }

    private static String request(String id, String method, String params) {
        return "{\"type\":\"req\",\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"params\":"
                + params.replace("\"tool\":", "\"name\":") + "}";
    }

    /** Commands that ask it, with the right credential and with a wrong one. */
    private void clients(TestGateway gateway) {
        String url = "http://127.0.0.1:" + gateway.port();
        for (List<String> command : List.of(
                List.of("gateway", "probe", "--token", Canary.TOKEN),
                List.of("gateway", "probe", "--json", "--token", Canary.CREDENTIAL),
                List.of("gateway", "call", "logs.tail", "--token", Canary.TOKEN),
                List.of("gateway", "call", "config.get", "--password", Canary.CREDENTIAL),
                List.of("status", "--token", Canary.TOKEN),
                List.of("invoke", "fail", "--arg", "text=" + Canary.ARGUMENT, "--token", Canary.TOKEN),
                List.of("invoke", "strict", "--arg", "text=" + Canary.ARGUMENT, "--json", "--token", Canary.TOKEN),
                List.of("invoke", "echo", "--token", Canary.CREDENTIAL))) {
            List<String> whole = new ArrayList<>(command);
            whole.addAll(List.of("--url", url));
            run(folder.resolve("openclaw.json"), whole.toArray(String[]::new));
        }
        run(folder.resolve("openclaw.json"), "invoke", "echo", "--url", url + "/?token=" + Canary.QUERY);
        run(folder.resolve("openclaw.json"), "invoke", "echo", "--url", "http://u:" + Canary.QUERY + "@127.0.0.1:1");
    }

    /** What somebody types goes into the file and nowhere else. */
    private void edits() throws IOException {
        Path edited = Files.writeString(folder.resolve("edited.json"), CONFIG);
        for (List<String> command : List.of(
                List.of("set", "gateway.auth.token", Canary.TYPED),
                List.of("set", "plugins.entries.leaky.config.apiKey", Canary.TYPED, "--dry-run"),
                List.of("set", "plugins.entries.leaky.config.apiKey", Canary.TYPED),
                List.of("set", "plugins.entries.leaky.config.apiKey", "{" + Canary.TYPED, "--json"),
                List.of("set", "gateway.auth.token", "['" + Canary.TYPED + "']"),
                List.of("set", "gateway.auth.tokn", Canary.TYPED),
                List.of("set", "gateway.auth.rateLimit.maxAttempts.token", Canary.TYPED),
                List.of("get", "gateway.auth"),
                List.of("get", "plugins", "--json"),
                List.of("unset", "gateway.auth.token"))) {
            List<String> whole = new ArrayList<>(List.of("config"));
            whole.addAll(command);
            run(edited, whole.toArray(String[]::new));
        }
        assertTrue(Files.readString(edited).contains(Canary.TYPED), "nothing was typed in");
        for (String command : List.of("list", "list --failed --json")) {
            List<String> whole = new ArrayList<>(List.of("audit"));
            whole.addAll(List.of(command.split(" ")));
            run(edited, whole.toArray(String[]::new));
        }
    }

    /** As {@code run} says it. */
    private void refusedStarts() throws IOException {
        Path key = Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Canary.KEY + "\n-----END PRIVATE KEY-----\n");
        for (String refused : List.of(
                CONFIG.replace("'" + Canary.TOKEN + "'", "{ value: '" + Canary.MALFORMED + "' }"),
                CONFIG.replace("token:", "token: '" + Canary.MALFORMED + "' token:"),
                CONFIG.replace("'" + Canary.TOKEN + "'", "'" + Canary.MALFORMED + "\n'"),
                CONFIG.replace("port: 0", "port: 'password=" + Canary.MALFORMED + "'"),
                CONFIG.replace(
                        "port: 0",
                        "port: 0, remote: { url: 'wss://u:" + Canary.MALFORMED + "@h', token: ['" + Canary.MALFORMED
                                + "'] }"),
                CONFIG.replace(
                        "port: 0",
                        "port: 0, tls: { enabled: true, certPath: '" + key + "', keyPath: '" + key + "' }"))) {
            Path other = Files.createTempDirectory(folder, "refused");
            try {
                TestGateway.start(other, refused, VARIABLES, new LeakyPlugin()).close();
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
                "gateway.auth.token = \"" + Canary.MALFORMED + "\" }\nplugins { entries { x { config { password = "
                        + Canary.MALFORMED + " ] } } }");
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
        return gateway.send(gateway.request("/tools/invoke?code=" + Canary.QUERY)
                .header("Authorization", "Bearer " + credential)
                .header("Cookie", "session=" + Canary.HEADER)
                .header("X-Something", Canary.HEADER)
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
}
