package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.runtime.Document;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/policy.md against the code: its tables, and its examples through the real reader, resolver and engine. */
class PolicyDocumentTest {
    private static final Document POLICY = Document.of("policy.md");

    @TempDir
    Path folder;

    @Test
    void denyListIsTheShippedOneWithItsReasons() {
        Map<String, String> written = new LinkedHashMap<>();
        POLICY.table("### The list")
                .forEach(row -> written.put(Document.plain(row.get("tool")), row.get("it is on the list because it")));

        assertEquals(List.copyOf(HttpDenyList.shipped().entrySet()), List.copyOf(written.entrySet()));
    }

    @Test
    void groupsAreThoseOfTheNamesTable() {
        Map<String, List<String>> written = POLICY.table("## Groups").stream()
                .collect(Collectors.toMap(
                        row -> Document.plain(row.get("group")), row -> Document.code(row.get("tools"))));

        assertEquals(CoreTool.groups(), written);
    }

    @Test
    void profilesAllowWhatTheNamesTableSays() {
        Map<String, List<String>> written = new HashMap<>();
        POLICY.table("## Profiles")
                .forEach(row -> written.put(Document.plain(row.get("profile")), Document.code(row.get("allows"))));

        Map<String, List<String>> allowed = new HashMap<>();
        for (Profile profile : Profile.values()) {
            allowed.put(profile.name().toLowerCase(Locale.ROOT), CoreTool.allowedBy(profile));
        }
        assertEquals(allowed, written);
    }

    @Test
    void ownerOnlyToolsAreThoseOfTheNamesTable() {
        String written = POLICY.section("### Owner-only tools")
                .lines()
                .filter(line -> line.startsWith("`"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                Stream.of(CoreTool.values())
                        .filter(CoreTool::ownerOnly)
                        .map(CoreTool::toolName)
                        .toList(),
                Document.code(written));
    }

    @Test
    void stepsAreThoseOfAnExplanationInOrder() throws IOException {
        GatewayConfig config = config("{}");
        PolicyEngine engine = PolicyEngine.compile(
                config,
                new ToolIndex(Map.of(), Set.of()),
                List.of(new NamedPolicySource(
                        "<source>", context -> PolicyAnswer.of(ToolPolicy.denying("<label>", List.of("theme"))))));

        List<String> steps = engine.explain("get_goal", context(config, Map.of())).lines().stream()
                .map(Explanation.Line::step)
                .toList();

        assertEquals(
                POLICY.table("### Steps in order").stream()
                        .map(row -> Document.plain(row.get("step")))
                        .toList(),
                steps);
    }

    @Test
    void stepsOfProfilesAndSubagentsAreCalledWhatTheDocumentCallsThem() throws IOException {
        GatewayConfig config = config("tools.profile = coding");

        List<String> steps = engine(config)
                .explain("get_goal", context(config, Map.of("session", "agent:main:subagent:a")))
                .lines()
                .stream()
                .map(Explanation.Line::step)
                .toList();

        assertTrue(
                steps.containsAll(List.of("tools.profile (coding)", "subagent tools (built in)", "subagent tools")),
                steps::toString);
    }

    @Test
    void subagentsLackWhatTheTableSays() throws IOException {
        List<Map<String, String>> rows = POLICY.table("### Tools of subagents");
        Set<String> all = new TreeSet<>(Document.code(rows.get(0).get("never has")));
        Set<String> leaf = new TreeSet<>(all);
        leaf.addAll(Document.code(rows.get(1).get("never has")));

        String step = "subagent tools (built in)";
        assertEquals(all, removed("{}", Map.of("session", "agent:main:subagent:a"), step));
        assertEquals(
                leaf,
                removed(
                        "agents.defaults.subagents.maxSpawnDepth = 1",
                        Map.of("session", "agent:main:subagent:a"),
                        step));
    }

    @Test
    void sandboxedSessionsHaveWhatTheTableSays() throws IOException {
        Set<String> left = new TreeSet<>(CoreTool.names());
        left.removeAll(removed("agents.defaults.sandbox.mode = all", Map.of(), "sandbox tools"));

        assertEquals(
                new TreeSet<>(Document.code(POLICY.table("### Tools of a sandboxed session")
                        .getFirst()
                        .get("tools"))),
                left);
    }

    @Test
    void transportsLeaveWhatTheTableSays() throws IOException {
        for (Map<String, String> row : POLICY.table("### Transport")) {
            for (String channel : Document.code(row.get("header `x-openclaw-message-channel`"))) {
                Set<String> left = new TreeSet<>(CoreTool.names());
                left.removeAll(removed("{}", Map.of("channel", channel), "transport"));

                Set<String> written = new TreeSet<>(Document.code(row.get("tools left")));
                if (row.get("tools left").startsWith("all but ")) {
                    Set<String> rest = new TreeSet<>(CoreTool.names());
                    rest.removeAll(written);
                    written = rest;
                }
                assertEquals(written, left, channel);
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyExampleAnswersAsWritten() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Document.Example example : POLICY.examples("hocon")) {
            GatewayConfig config = config(example.text());
            PolicyEngine engine = engine(config);
            for (Map<String, String> row : example.rows()) {
                tests.add(dynamicTest("line " + example.line() + ": " + row, () -> holds(config, engine, row)));
            }
        }
        assertFalse(tests.isEmpty());
        return tests;
    }

    private static void holds(GatewayConfig config, PolicyEngine engine, Map<String, String> row) {
        String tool = ToolNames.requested(Document.plain(row.get("tool")));
        Decision decision = engine.decide(tool, context(config, row));

        String label = decision instanceof Denied denied ? denied.label() : "";
        assertEquals(
                row.get("answer") + " " + Document.plain(row.get("label")),
                (decision instanceof Allowed ? "allowed " : "denied ") + label);
    }

    private Set<String> removed(String text, Map<String, String> row, String step) throws IOException {
        GatewayConfig config = config(text);
        PolicyEngine engine = engine(config);
        InvocationContext context = context(config, row);
        Set<String> removed = new TreeSet<>();
        for (String tool : CoreTool.names()) {
            boolean gone = engine.explain(tool, context).lines().stream()
                    .anyMatch(line -> line.step().equals(step) && line.opinion() == Explanation.Opinion.REMOVED);
            if (gone) {
                removed.add(tool);
            }
        }
        return removed;
    }

    private GatewayConfig config(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.conf"), text);
        ConfigReading reading = ConfigReader.read(file, ConfigEnvironment.of(Map.of()));
        return assertInstanceOf(ConfigReading.Valid.class, reading, reading::toString)
                .config();
    }

    private static PolicyEngine engine(GatewayConfig config) {
        Map<String, String> providers = new HashMap<>();
        CoreTool.names().forEach(tool -> providers.put(tool, "core"));
        providers.put("weather_now", "weather");
        providers.put("weather_week", "weather");
        return PolicyEngine.compile(config, new ToolIndex(providers, Set.of("core")), List.of());
    }

    private static InvocationContext context(GatewayConfig config, Map<String, String> row) {
        SessionStore store = mock(SessionStore.class);
        when(store.find(anyString())).thenReturn(Optional.empty());
        String caller = Document.plain(row.getOrDefault("caller", "operator"));
        Principal principal =
                caller.equals("operator") ? Principal.operator() : Principal.of("someone", Set.of(Scope.of(caller)));
        return new SessionResolver(config, store)
                .resolve(new SessionRequest(
                        principal,
                        InvocationContext.HTTP,
                        cell(row, "session"),
                        Optional.empty(),
                        cell(row, "channel"),
                        cell(row, "account")));
    }

    private static Optional<String> cell(Map<String, String> row, String column) {
        return Optional.of(Document.plain(row.getOrDefault(column, ""))).filter(text -> !text.isEmpty());
    }
}
