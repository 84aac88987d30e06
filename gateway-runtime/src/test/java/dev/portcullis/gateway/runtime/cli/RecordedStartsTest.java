package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.LoggingConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With which number {@code run} ends where the reference gateway did not start either. */
class RecordedStartsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> whatDoesNotStartEndsWithTheRecordedNumber() throws IOException {
        Map<String, String> otherwise = exclusions("startup-exclusions.txt");
        Map<String, String> numbers = exclusions("startup-exits.txt");
        List<JsonNode> refused = resource("startup-cases.jsonl")
                .lines()
                .map(JSON::readTree)
                .filter(recorded -> !recorded.get("started").asBoolean()
                        && recorded.path("exit").isNumber())
                .toList();
        List<String> ids =
                refused.stream().map(each -> each.get("id").asString()).toList();
        assertTrue(ids.containsAll(numbers.keySet()), "exclusions name starts that were refused");
        return refused.stream()
                .filter(recorded -> {
                    String id = recorded.get("id").asString();
                    return id.equals("port-in-use") || !otherwise.containsKey(id);
                })
                .map(recorded -> DynamicTest.dynamicTest(recorded.get("id").asString(), () -> {
                    boolean decided = numbers.containsKey(recorded.get("id").asString());
                    int wanted = decided
                            ? ExitStatus.CONFIGURATION
                            : recorded.get("exit").intValue();
                    assertFalse(decided && recorded.get("exit").intValue() == wanted, "an exclusion that is idle");
                    endsWith(wanted, recorded);
                }));
    }

    private void endsWith(int wanted, JsonNode recorded) throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Path state = Files.createDirectory(folder.resolve(recorded.get("id").asString()));
            String text = recorded.has("config_text")
                    ? recorded.get("config_text").asString()
                    : recorded.get("config").toPrettyString();
            String port = String.valueOf(busy.getLocalPort());
            Path file = Files.writeString(
                    state.resolve("openclaw.json"),
                    text.replace("\"$PORT\"", port).replace("$PORT", port).replace("$STATE_DIR", state.toString()));
            List<String> arguments = new ArrayList<>(
                    List.of("--config", file.toString(), "--state-dir", state.toString(), "gateway", "run"));
            recorded.path("extra_args").forEach(argument -> arguments.add(argument.asString()));
            StringWriter said = new StringWriter();
            assertEquals(wanted, run(variables(recorded), arguments, said), said::toString);
            assertFalse(said.toString().isBlank(), "says why");
        }
    }

    private int run(Map<String, String> variables, List<String> arguments, StringWriter said) {
        ConfigEnvironment environment = ConfigEnvironment.of(variables);
        return Commands.line(
                        new Surroundings(variables, folder, new ByteArrayInputStream(new byte[0])),
                        ConfigFiles.locator(environment, Optional.empty()),
                        new GatewayStarter(environment, Optional.empty()),
                        new RunCommand.Host() {
                            @Override
                            public void log(LoggingConfig config) {}

                            @Override
                            public void onStop(Runnable stop) {
                                stop.run();
                            }

                            @Override
                            public void onReload(Runnable reload) {}

                            @Override
                            public void serving() {}
                        })
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
    }

    private static Map<String, String> variables(JsonNode recorded) {
        Map<String, String> variables = new HashMap<>(Map.of("PORTCULLIS_PORT_WAIT_MS", "0"));
        recorded.path("env").forEachEntry((name, value) -> {
            if (!value.isNull()) {
                variables.put(name, value.asString());
            }
        });
        return variables;
    }

    private static Map<String, String> exclusions(String name) throws IOException {
        Map<String, String> excluded = new HashMap<>();
        resource(name)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .forEach(line -> excluded.put(line[0], line[1]));
        return excluded;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ConfigReader.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
