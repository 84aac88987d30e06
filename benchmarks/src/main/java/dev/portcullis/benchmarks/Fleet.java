package dev.portcullis.benchmarks;

import dev.portcullis.gateway.runtime.invoke.RoadBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The servers that are compared, all up at once, under the JVM options that Portcullis ships with. */
final class Fleet implements AutoCloseable {
    static final String TOKEN = "benchmark-token-0123456789abcdef01234567";
    static final String ECHO = "helidon echo";
    static final String CONSTANT = "helidon constant";
    static final String GOVERNED = "governed 200";
    static final String WITHOUT_AUDIT = "governed 200, audit off";

    private static final String BODY =
            "{\"tool\":\"text_statistics\",\"args\":{\"text\":\"The quick brown fox jumps over the lazy dog. Pack my"
                    + " box with five dozen liquor jugs. How vexingly quick daft zebras jump!\",\"wordsPerMinute\":250}}";
    private static final String DENIED = BODY.replace("text_statistics", "markdown_to_pdf");
    private static final String INVALID = BODY.replace("250", "\"many\"");
    static final List<String> BEARER = List.of("Authorization: Bearer " + TOKEN);

    /** Helidon refuses all serialized objects; counters are read by RMI, which sends names as such. */
    private static final String COUNTERS = "-Dhelidon.serialFilter.pattern=javax.management.**;java.rmi.**;java.lang.*";

    private final List<ServerProcess> servers = new ArrayList<>();
    private final String options;
    private final Path home;
    private final Path work;

    /** @param options of every JVM, in addition to those that are shipped */
    Fleet(Path home, Path work, String options) {
        this.options = options;
        this.home = home;
        this.work = work;
    }

    List<Scenario> start() throws IOException, InterruptedException {
        List<Scenario> scenarios = new ArrayList<>(bareScenarios(bare()));
        scenarios.addAll(governedScenarios(portcullis("governed", true)));
        ServerProcess silent = portcullis("silent", false);
        scenarios.add(new Scenario(WITHOUT_AUDIT, silent, call(silent, BEARER, BODY, 200)));
        return answering(scenarios);
    }

    /** Two that differ in nothing but the audit log, and are asked the same. */
    List<Scenario> twins() throws IOException, InterruptedException {
        // small, as RoadBenchmark has it
        String file = "logging.audit.maxFileBytes = " + RoadBenchmark.SMALL_FILE + "\n";
        ServerProcess silent = portcullis("silent-twin", config(false) + file);
        ServerProcess recording = portcullis("recording-twin", config(true) + file);
        List<Scenario> scenarios = List.of(
                new Scenario(WITHOUT_AUDIT, silent, governedCall(silent)),
                new Scenario(GOVERNED, recording, governedCall(recording)));
        return answering(scenarios);
    }

    /** Two builds, each from its own home, with a state directory of its own and the same configuration. */
    List<AgainstMeasure.Pair> builds(Path older) throws IOException, InterruptedException {
        ServerProcess old = portcullis(older, "old", config(true));
        ServerProcess mine = portcullis(home, "new", config(true));
        List<Scenario> before = answering(governedScenarios(old));
        List<Scenario> after = answering(governedScenarios(mine));
        old.mustHaveOnly(older);
        mine.mustHaveOnly(home);
        return IntStream.range(0, before.size())
                .mapToObj(i -> new AgainstMeasure.Pair(before.get(i), after.get(i)))
                .toList();
    }

    /** The same, as soon as each server has answered. */
    private static List<Scenario> answering(List<Scenario> scenarios) throws IOException, InterruptedException {
        for (Scenario scenario : scenarios) {
            scenario.server().awaitFirst(scenario.request());
        }
        return scenarios;
    }

    /** Only the server of one scenario. */
    Scenario start(String name) throws IOException, InterruptedException {
        List<Scenario> scenarios =
                name.startsWith("helidon") ? bareScenarios(bare()) : governedScenarios(portcullis("governed", true));
        Scenario scenario = scenarios.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No scenario \"" + name + "\""));
        scenario.server().awaitFirst(scenario.request());
        return scenario;
    }

    private static List<Scenario> bareScenarios(ServerProcess bare) {
        return List.of(
                new Scenario(CONSTANT, bare, Request.post(bare.port(), "/constant", BEARER, BODY, 200)),
                new Scenario(ECHO, bare, Request.post(bare.port(), "/echo", BEARER, BODY, 200)));
    }

    private static List<Scenario> governedScenarios(ServerProcess governed) {
        return List.of(
                new Scenario(GOVERNED, governed, call(governed, BEARER, BODY, 200)),
                new Scenario("denied 404", governed, call(governed, BEARER, DENIED, 404)),
                new Scenario("no token 401", governed, call(governed, List.of(), BODY, 401)),
                new Scenario("bad arguments 400", governed, call(governed, BEARER, INVALID, 400)));
    }

    static Request call(ServerProcess server, List<String> headers, String body, int status) {
        return Request.post(server.port(), "/tools/invoke", headers, body, status);
    }

    static Request governedCall(ServerProcess server) {
        return call(server, BEARER, BODY, 200);
    }

    private ServerProcess bare() throws IOException {
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("conf/jvm.options"),
                COUNTERS,
                "-cp",
                System.getProperty("bench.classpath")));
        if (!options.isBlank()) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of(BareServer.class.getName(), String.valueOf(port)));
        return kept(ServerProcess.start(port, Map.of(), work.resolve("bare.log"), command));
    }

    /** A state directory with a cache in it. */
    Path warmed(String name) throws IOException, InterruptedException {
        Path state = work.resolve(name);
        Process warm = new ProcessBuilder(
                        home.resolve("bin/portcullis").toString(), "--state-dir", state.toString(), "warm")
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("warm.log").toFile())
                .start();
        if (warm.waitFor() != 0) {
            throw new IOException(Files.readString(work.resolve("warm.log")));
        }
        return state;
    }

    /** Exactly what users start: no option is added. */
    ServerProcess fresh(Path distribution, Path state) throws IOException {
        Path config = Files.writeString(work.resolve("gateway.conf"), config(true));
        int port = ServerProcess.freePort();
        return ServerProcess.start(
                port,
                Map.of(),
                work.resolve("fresh.log"),
                List.of(
                        distribution.resolve("bin/portcullis").toString(),
                        "--config",
                        config.toString(),
                        "--state-dir",
                        state.toString(),
                        "run",
                        "--port",
                        String.valueOf(port)));
    }

    ServerProcess portcullis(String name, boolean audit) throws IOException {
        return portcullis(name, config(audit));
    }

    /** One that serves the plugins of a folder of its own too. */
    ServerProcess swapping(Path plugins) throws IOException {
        String more = "plugins.load.paths = [\"" + plugins + "\"]\n";
        return portcullis("swapping", config(true).replace("\"text_*\"", "\"text_*\", " + SwappedPlugin.TOOL) + more);
    }

    /** One that serves the plugins of a folder, for tools {@code area…}, with that many rules that settle nothing. */
    ServerProcess areas(String name, Path plugins, int rules) throws IOException {
        String allow = IntStream.range(0, rules / 2)
                .mapToObj(i -> "\"kept" + i + "_*\"")
                .collect(Collectors.joining(", ", "", rules < 2 ? "" : ", "));
        String deny = IntStream.range(0, rules / 2)
                .mapToObj(i -> "\"*_secret" + i + "\"")
                .collect(Collectors.joining(", "));
        return portcullis(name, """
                gateway.auth { mode = token, token = "%s" }
                logging.level = warn
                plugins.load.paths = ["%s"]
                tools { allow = [%s"area*"], deny = [%s] }
                """.formatted(TOKEN, plugins, allow, deny));
    }

    /** One whose tools have a second, and one of them wants more. */
    ServerProcess withSpinner(Path plugins, boolean confine) throws IOException {
        String more = "plugins.load.paths = [\"" + plugins + "\"]\ngateway.invoke.timeoutMs = 1000\n"
                + "gateway.invoke.watchdog.confine = " + confine + "\n";
        return portcullis("spinning", config(true).replace("\"text_*\"", "\"text_*\", spin") + more);
    }

    private ServerProcess portcullis(String name, String text) throws IOException {
        return portcullis(home, name, text);
    }

    private ServerProcess portcullis(Path distribution, String name, String text) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Path config = Files.writeString(folder.resolve("gateway.conf"), text);
        int port = ServerProcess.freePort();
        return kept(ServerProcess.start(
                port,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "PORTCULLIS_JAVA_OPTS",
                        "--add-modules jdk.management.agent,jdk.jfr " + COUNTERS + " " + options),
                folder.resolve("log"),
                List.of(
                        distribution.resolve("bin/portcullis").toString(),
                        "--config",
                        config.toString(),
                        "--state-dir",
                        folder.resolve("state").toString(),
                        "run",
                        "--port",
                        String.valueOf(port))));
    }

    /** Thirty entries in five scopes, none of which settles the matter before the last. */
    private static String config(boolean audit) {
        return """
                gateway.auth { mode = token, token = "%s" }
                logging { level = warn, audit.enabled = %s }
                tools {
                  allow = ["read_*", "list_*", "fetch_?", "cal_*", "mail_*", "text_*", "markdown_*", "session*", "agents_list",
                    "image_*", "pdf_*", "group:sessions"]
                  deny = ["exec*", "shell_*", "*_admin", "fs_*", "node_*", "markdown_to_pdf", "gateway_*", "cron_*"]
                }
                agents.list = [{
                  id = main
                  tools { allow = ["text_*", "markdown_*", "read_*", "list_*", "session*"], deny = ["read_secret*", "*_delete",
                    "list_users", "list_keys", "text_to_*"] }
                }]
                """.formatted(TOKEN, audit);
    }

    private ServerProcess kept(ServerProcess server) {
        servers.add(server);
        return server;
    }

    @Override
    public void close() throws IOException {
        for (ServerProcess server : servers) {
            server.close();
        }
    }
}
