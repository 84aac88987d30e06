package dev.portcullis.gateway.runtime.operate;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.CatalogTools;
import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer.Status;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.SkippedPlugin;
import dev.portcullis.gateway.runtime.policy.NamedPolicySource;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorViewsTest {
    private static final String CONFIG = """
            {"gateway": {"auth": {"mode": "token", "token": "operators-secret-0123456789"}},
             "tools": {"allow": ["word_count", "exec"]}}""";

    @TempDir
    Path folder;

    private SessionStore store;
    private GatewayConfig config;
    private OperatorSnapshot snapshot;
    private OperatorViews views;

    @BeforeEach
    void open() throws IOException {
        store = SqliteSessionStore.open(folder.resolve("sessions.db"));
        Path file = Files.writeString(folder.resolve("openclaw.json"), CONFIG);
        config = assertInstanceOf(ConfigReading.Valid.class, ConfigReader.read(file, ConfigEnvironment.of(Map.of())))
                .config();
        serve(List.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private final List<String> reloaded = new ArrayList<>();
    private Reloads.Report report = new Reloads.Report(List.of(), List.of("Plugin a.jar is served as generation 2."));
    private final Reloads reloads = new Reloads() {
        @Override
        public Report reload(What what, Optional<String> plugin) {
            reloaded.add(what + plugin.map(name -> " " + name).orElse(""));
            return report;
        }

        @Override
        public State state() {
            return new State(List.of("tools.deny is no list"), List.of("gateway.port"));
        }
    };

    private void serve(List<NamedPolicySource> sources) {
        ToolCatalog catalog = new ToolCatalog(List.of(tool("word_count"), tool("exec"), tool("secret_notes")));
        snapshot = OperatorSnapshots.idle(
                config,
                PolicyEngine.compile(config, catalog.index(), sources),
                catalog,
                new SessionResolver(config, store),
                new PluginSet(
                        List.of(),
                        List.of(new PluginProblem(
                                "broken.jar",
                                "Plugin broken.jar is not loaded",
                                "plugins/broken.jar",
                                "It is no zip file.",
                                "Copy it again.",
                                false)),
                        List.of(new SkippedPlugin(
                                "old.jar",
                                "plugins/old.jar",
                                "plugins.deny has \"old\"",
                                Set.of("old", "acme.old", "forecast"))),
                        List.of("plugins.entries.ghost is no plugin's")));
        views = new OperatorViews(new GatewayIdentity("1.2.3", Instant.EPOCH), () -> snapshot, store, reloads);
    }

    private static CatalogTool tool(String name) {
        ToolDescriptor descriptor = ToolDescriptor.named(name)
                .description("Does " + name)
                .input(InputSchema.object().requiredString("text"))
                .build();
        return CatalogTools.of(Tool.of(descriptor, call -> ToolResult.text("")), "sample", "2.0");
    }

    private OperatorAnswer read(String path, Map<String, String> query) {
        return views.answer(
                new OperatorRequest(false, List.of(path.split("/")), query, Map.of(), Principal.operator()));
    }

    private OperatorAnswer create(Map<String, Object> body) {
        return views.answer(new OperatorRequest(true, List.of("sessions"), Map.of(), body, Principal.operator()));
    }

    private OperatorAnswer reload(Map<String, Object> body) {
        return views.answer(new OperatorRequest(true, List.of("reload"), Map.of(), body, Principal.operator()));
    }

    @Test
    void reloadReadsEverythingUnlessToldWhat() {
        OperatorAnswer answer = reload(Map.of());

        assertEquals(List.of("EVERYTHING"), reloaded);
        assertEquals(OperatorAnswer.Status.OK, answer.status());
        assertEquals(
                List.of("Plugin a.jar is served as generation 2."),
                answer.body().get("changes"));
        assertEquals(List.of("gateway.port"), answer.body().get("restart"));
    }

    @Test
    void reloadThatChangesNothingIsRefusedWithTheReason() {
        report = new Reloads.Report(List.of("tools.deny is no list"), List.of());

        OperatorAnswer answer = reload(Map.of("what", "config"));

        assertEquals(List.of("CONFIG"), reloaded);
        assertEquals(OperatorAnswer.Status.INVALID, answer.status());
        assertTrue(answer.body().toString().contains("tools.deny is no list"), answer.body()::toString);
    }

    @Test
    void reloadOfAPluginThatIsNotThereReadsNothing() {
        OperatorAnswer answer = reload(Map.of("plugin", "ghost"));

        assertEquals(List.of(), reloaded);
        assertEquals(OperatorAnswer.Status.UNKNOWN, answer.status());
    }

    @Test
    void reloadOfSomethingUnknownReadsNothing() {
        OperatorAnswer answer = reload(Map.of("what", "tools"));

        assertEquals(List.of(), reloaded);
        assertEquals(OperatorAnswer.Status.INVALID, answer.status());
    }

    @Test
    void statusSaysWhatIsNotServedAndWhatTakesARestart() {
        assertEquals(
                Map.of("skipped", List.of("tools.deny is no list"), "restart", List.of("gateway.port")),
                read("status", Map.of()).body().get("reload"));
    }

    private static Map<?, ?> named(OperatorAnswer answer, String list, String name) {
        for (Object entry : (List<?>) answer.body().get(list)) {
            if (entry instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                return map;
            }
        }
        throw new AssertionError("No " + name + " in " + answer.body());
    }

    @Test
    void toolsAreListedWithTheLabelThatHidesThem() {
        OperatorAnswer answer = read("tools", Map.of());

        assertAll(
                () -> assertEquals(true, named(answer, "tools", "word_count").get("allowed")),
                () -> assertEquals(false, named(answer, "tools", "exec").get("allowed")),
                () -> assertEquals(
                        "tools.allow", named(answer, "tools", "secret_notes").get("label")));
    }

    @Test
    void aDecisionShowsEveryStepAndWhatWouldChangeIt() {
        OperatorAnswer answer = read("tools/secret_notes/decision", Map.of("sessionKey", "main"));

        assertAll(
                () -> assertEquals(Status.OK, answer.status()),
                () -> assertEquals(true, answer.body().get("exists")),
                () -> assertEquals(false, answer.body().get("allowed")),
                () -> assertEquals("tools.allow", answer.body().get("label")),
                () -> assertFalse(((List<?>) answer.body().get("steps")).isEmpty()),
                () -> assertTrue(answer.body().get("changes").toString().contains("tools.allow")));
    }

    @Test
    void anUnknownToolIsExplainedToo() {
        OperatorAnswer answer = read("tools/nobody_has_it/decision", Map.of());

        assertAll(
                () -> assertEquals(Status.OK, answer.status()),
                () -> assertEquals(false, answer.body().get("exists")));
    }

    @Test
    void aToolIsDescribedAlsoWhenItIsHidden() {
        OperatorAnswer answer = read("tools/secret_notes", Map.of());

        assertAll(
                () -> assertEquals("Does secret_notes", answer.body().get("description")),
                () -> assertEquals("sample", answer.body().get("plugin")),
                () -> assertEquals(60_000L, answer.body().get("timeoutMs")));
    }

    @Test
    void describingAnUnknownToolNamesTheKnownOnes() {
        OperatorAnswer answer = read("tools/word_cuont", Map.of());

        assertAll(
                () -> assertEquals(Status.UNKNOWN, answer.status()),
                () -> assertTrue(answer.body().toString().contains("word_count"), answer.body()::toString));
    }

    @Test
    void aSourceThatFailsFailsTheViewAndKeepsItsReasonToTheLog() {
        serve(List.of(new NamedPolicySource("hours", context -> {
            throw new IllegalStateException("clock is gone");
        })));

        OperatorAnswer answer = read("tools", Map.of());

        assertAll(
                () -> assertEquals(Status.FAILED, answer.status()),
                () -> assertFalse(answer.body().toString().contains("clock is gone")));
    }

    @Test
    void anInvalidSessionIsTheCallersError() {
        assertEquals(Status.INVALID, read("tools", Map.of("agentId", "nobody")).status());
    }

    @Test
    void pluginsAreShownWithTheirProblems() {
        OperatorAnswer answer = read("plugins", Map.of());

        assertAll(
                () -> assertEquals(
                        "quarantined", named(answer, "plugins", "broken.jar").get("status")),
                () -> assertTrue(named(answer, "plugins", "broken.jar")
                        .get("problem")
                        .toString()
                        .contains("Copy it again.")),
                () -> assertEquals(
                        "disabled", named(answer, "plugins", "old.jar").get("status")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"old.jar", "old", "acme.old", "forecast"})
    void disabledPluginIsFoundByEveryNameThatIsKnownOfIt(String name) {
        OperatorAnswer answer = read("plugins/" + name, Map.of());

        assertAll(
                () -> assertEquals("old.jar", answer.body().get("name")),
                () -> assertEquals("disabled", answer.body().get("status")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken.jar", "broken"})
    void pluginInQuarantineIsFoundByItsFile(String name) {
        assertEquals("quarantined", read("plugins/" + name, Map.of()).body().get("status"));
    }

    @Test
    void pluginThatIsNotThereIsAskedForOnceMoreByANameThatIs() {
        OperatorAnswer answer = read("plugins/forcast", Map.of());

        assertAll(
                () -> assertEquals(Status.UNKNOWN, answer.status()),
                () -> assertTrue(
                        answer.body()
                                .toString()
                                .contains("There is no plugin \"forcast\". Did you mean \"forecast\"? There are:"
                                        + " broken.jar, old.jar"),
                        answer.body()::toString));
    }

    @Test
    void statusCountsAndWarns() {
        OperatorAnswer answer = read("status", Map.of());

        assertAll(
                () -> assertEquals("1.2.3", answer.body().get("version")),
                () -> assertEquals(3L, answer.body().get("tools")),
                () -> assertTrue(answer.body().get("warnings").toString().contains("ghost")));
    }

    @Test
    void whatTheWatchdogHasToDoIsAmongTheWarnings() {
        snapshot = new OperatorSnapshot(
                snapshot.config(),
                snapshot.policy(),
                snapshot.catalog(),
                snapshot.sessions(),
                snapshot.plugins(),
                new OperatorSnapshot.Invocations(
                        3, 2, List.of(new OperatorSnapshot.Runaway("word_count", "sample", 2))),
                List.of());

        List<String> shown = List.of(
                read("plugins", Map.of()).body().get("warnings").toString(),
                read("status", Map.of()).body().get("warnings").toString());

        shown.forEach(warnings -> assertAll(
                () -> assertTrue(warnings.contains("word_count of provider sample ran away: 2 invocations"), warnings),
                () -> assertTrue(warnings.contains("has added 2 carrier threads"), warnings)));
    }

    @Test
    void theConfigurationIsShownWithoutItsSecrets() {
        String shown = read("config", Map.of()).body().toString();

        assertAll(
                () -> assertTrue(shown.contains("word_count"), shown),
                () -> assertFalse(shown.contains("operators-secret"), shown));
    }

    @Test
    void valuesThatOnlyPluginsUnderstandAreForThoseWhoMayChangeEverything() {
        Principal reader = Principal.of("reader", Set.of(Scope.READ));

        OperatorAnswer refused =
                views.answer(new OperatorRequest(false, List.of("config"), Map.of("values", "true"), Map.of(), reader));

        assertEquals(OperatorAnswer.Status.FORBIDDEN, refused.status());
        assertEquals(
                OperatorAnswer.Status.OK,
                views.answer(new OperatorRequest(false, List.of("config"), Map.of(), Map.of(), reader))
                        .status());
        assertEquals(
                OperatorAnswer.Status.OK,
                read("config", Map.of("values", "true")).status());
    }

    @Test
    void aSessionIsCreatedOnce() {
        OperatorAnswer first = create(Map.of("key", "nightly", "label", "Night"));
        OperatorAnswer second = create(Map.of("key", "agent:main:nightly"));

        assertAll(
                () -> assertEquals(Status.CREATED, first.status(), first.body()::toString),
                () -> assertEquals(Status.OK, second.status()),
                () -> assertEquals(false, second.body().get("created")),
                () -> assertEquals(1L, read("sessions", Map.of()).body().get("count")));
    }

    @Test
    void aSessionsParentMustExist() {
        assertEquals(
                Status.INVALID,
                create(Map.of("key", "child", "parent", "nobody")).status());
    }

    @Test
    void aSessionWithoutAKeyOrWithOneThatIsNoTextIsRefused() {
        assertAll(
                () -> assertEquals(Status.INVALID, create(Map.of()).status()),
                () -> assertEquals(Status.INVALID, create(Map.of("key", 7L)).status()));
    }

    @Test
    void readingNeedsReadAndChangingNeedsAdmin() {
        Principal nobody = Principal.of("nobody", List.of(Scope.TALK));
        Principal writer = Principal.of("writer", List.of(Scope.WRITE));

        assertAll(
                () -> assertEquals(
                        Status.FORBIDDEN,
                        views.answer(new OperatorRequest(false, List.of("status"), Map.of(), Map.of(), nobody))
                                .status()),
                () -> assertEquals(
                        Status.FORBIDDEN,
                        views.answer(new OperatorRequest(
                                        true, List.of("sessions"), Map.of(), Map.of("key", "x"), writer))
                                .status()),
                () -> assertTrue(store.list().isEmpty()));
    }

    @Test
    void whatIsNoViewNamesTheViews() {
        OperatorAnswer answer = read("nothing/here", Map.of());

        assertAll(
                () -> assertEquals(Status.UNKNOWN, answer.status()),
                () -> assertTrue(answer.body().toString().contains("tools/{name}/decision")));
    }

    @Test
    void theStartReportSaysWhatHidesAToolAndHoldsNoSecret() {
        StartReport report = StartReporter.report(
                "1.2.3",
                new StartReport.Place(
                        URI.create("http://127.0.0.1:1"),
                        folder,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                snapshot);

        StartReport.ToolLine hidden = report.tools().stream()
                .filter(tool -> tool.name().equals("secret_notes"))
                .findFirst()
                .orElseThrow();
        assertAll(
                () -> assertEquals(Optional.of("tools.allow"), hidden.hiddenBy()),
                () -> assertTrue(hidden.changes().toString().contains("tools.allow")),
                () -> assertTrue(report.quarantined().getFirst().contains("broken.jar")),
                () -> assertFalse(report.toString().contains("operators-secret")));
    }
}
