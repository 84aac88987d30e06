package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The projects that {@code plugins new} makes: they build, their tests pass, and what they pack drops in. */
@EnabledIf("dev.portcullis.distribution.NewPluginIT#canBuild")
class NewPluginIT {
    private static final Pattern RUN =
            Pattern.compile("<!-- run: (?<name>[^>]+) -->\n```sh\n(?<script>.*?)\n```", Pattern.DOTALL);

    private static Path localRepository;

    @TempDir
    private Path folder;

    @BeforeAll
    static void copyNothing() {
        localRepository = Maven.localRepository();
    }

    static boolean canBuild() throws IOException {
        return Archive.runs() && Maven.isThere();
    }

    @Test
    void authProviderAndPolicySourceAreBuiltAndHold() {
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)) {
            gateway.withPlugin(build(gateway, "door", "auth"))
                    .withPlugin(build(gateway, "freeze", "policy"))
                    .configured("""
                            gateway.auth.providers = [door]
                            plugins.entries.door.config { key = "open sesame", caller = ann }
                            plugins.entries.freeze.config { tools = ["session_*"], callers = [ann] }
                            """)
                    .start();
            String call = "{\"tool\":\"session_status\"}";

            assertEquals(
                    200,
                    gateway.invoke(call, Map.of("X-Caller-Key", "open sesame")).statusCode(),
                    gateway::output);
            assertEquals(
                    401,
                    gateway.invoke(call, Map.of("X-Caller-Key", "open barley")).statusCode());
            assertEquals(404, gateway.invoke(call).statusCode());
        }
    }

    /** As the project's README says, but without a look at the network. */
    private Path build(UnpackedGateway gateway, String name, String kind) {
        Path project = folder.resolve("my plugins").resolve(name);
        UnpackedGateway.CommandResult made = gateway.command("plugins", "new", project.toString(), "--kind", kind);
        assertEquals(0, made.exit(), made::toString);
        UnpackedGateway.CommandResult built = gateway.shell(project, offlineMaven(), "mvn package");
        assertEquals(0, built.exit(), built::toString);
        Path jar = project.resolve("target/" + name + "-0.1.0.jar");
        UnpackedGateway.CommandResult verified = gateway.command("plugins", "verify", jar.toString());
        assertEquals(0, verified.exit(), verified::toString);
        assertTrue(!verified.out().contains("Warning"), verified::out);
        return jar;
    }

    private Path offlineMaven() {
        return Maven.offline(folder, localRepository);
    }

    @Test
    void commandsOfTheAuthorsPageMakeAToolThatAnswers() throws Exception {
        Map<String, String> scripts = RUN.matcher(
                        Files.readString(Archive.PROJECT.resolve("../docs/plugin-authors.md")))
                .results()
                .collect(Collectors.toMap(block -> block.group("name"), block -> block.group("script")));
        Path desk = Files.createDirectories(folder.resolve("desk"));
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)) {
            UnpackedGateway.CommandResult made =
                    gateway.shell(desk, offlineMaven(), String.valueOf(scripts.get("a first tool")));
            assertEquals(0, made.exit(), made::toString);
            gateway.configured(Files.readString(desk.resolve("greeter/gateway.conf")))
                    .start();

            UnpackedGateway.CommandResult called =
                    gateway.shell(desk.resolve("greeter"), offlineMaven(), String.valueOf(scripts.get("call it")));

            assertEquals(0, called.exit(), called::toString);
            assertTrue(called.out().contains("Hello, Ada!"), called::out);
            HttpResponse<String> nobody = gateway.invoke("{\"tool\":\"greeter_hello\"}");
            assertEquals(400, nobody.statusCode());
            assertTrue(nobody.body().contains("name required"), nobody::body);
        }
    }

    @Test
    void secondProjectInTheSameFolderChangesNothing() throws Exception {
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)) {
            Path project = folder.resolve("weather");
            gateway.command("plugins", "new", project.toString());
            String pom = Files.readString(project.resolve("pom.xml"));

            UnpackedGateway.CommandResult again =
                    gateway.command("plugins", "new", project.toString(), "--kind", "auth");

            assertEquals(1, again.exit());
            assertEquals(List.of(), again.out().lines().toList());
            assertEquals(1, again.err().lines().count(), again::err);
            assertEquals(pom, Files.readString(project.resolve("pom.xml")));
        }
    }

    /** What a new project names is what this build uses: nothing else may be fetched, and nothing may age apart. */
    @Test
    void newProjectsUseTheVersionsOfThisBuild() throws Exception {
        String ours = Files.readString(Archive.PROJECT.resolve("../pom.xml"));
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)) {
            Path project = folder.resolve("weather");
            gateway.command("plugins", "new", project.toString());

            List<String> plugins = Maven.plugins(Files.readString(project.resolve("pom.xml")));

            assertTrue(plugins.size() >= 6, plugins::toString);
            plugins.forEach(plugin -> assertTrue(Maven.plugins(ours).contains(plugin), plugin));
            assertTrue(ours.contains("<junit.version>"
                    + Files.readString(project.resolve("pom.xml")).replaceAll("(?s).*<junit.version>(.*?)<.*", "$1")
                    + "</junit.version>"));
        }
    }
}
