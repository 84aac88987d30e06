package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code agents}, in each of the three ways that agents have been written. */
final class AgentsReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,63}");
    private static final int MAX_SPAWN_DEPTH = 5;
    private static final Set<String> OWN_KEYS = Set.of("entries", "list", "defaults", "ownership");

    private final Section agents;
    private final Map<String, AgentsConfig.Agent> read = new LinkedHashMap<>();
    private final List<String> marked = new ArrayList<>();

    private AgentsReader(Section agents) {
        this.agents = agents;
    }

    static AgentsConfig read(Section agents) {
        return new AgentsReader(agents).read();
    }

    private AgentsConfig read() {
        Section entries = agents.section("entries");
        entries.each((id, entry) -> {
            agent(id, entry);
            return id;
        });
        agents.node("list").ifPresent(this::list);
        for (String key : agents.keys()) {
            boolean agent = !OWN_KEYS.contains(key)
                    && agents.peek(key).orElseThrow() instanceof Node.Mapping written
                    && written.entries().containsKey("tools");
            if (agent) {
                agent(key, agents.section(key));
            }
        }
        Section defaults = agents.section("defaults");
        Section sandbox = defaults.section("sandbox");
        var mode = sandbox.choice("mode", AgentsConfig.SandboxMode.class).orElse(AgentsConfig.SandboxMode.OFF);
        var visible = sandbox.choice("sessionToolsVisibility", SandboxVisibility.class)
                .orElse(SandboxVisibility.SPAWNED);
        sandbox.close();
        Section subagents = defaults.section("subagents");
        int depth = subagents
                .number("maxSpawnDepth", 1, 100)
                .orElse((long) MAX_SPAWN_DEPTH)
                .intValue();
        subagents.close();
        Section system = defaults.section("systemAgent");
        Optional<String> systemAgent =
                system.text("agentId").map(id -> id.strip().toLowerCase(Locale.ROOT));
        system.close();
        Optional<String> model = model(defaults);
        defaults.close();
        boolean explicit = agents.choice("ownership", Ownership.class).isPresent();
        agents.close();
        return new AgentsConfig(
                read, systemAgent.or(this::marked), explicit, mode, visible == SandboxVisibility.ALL, depth, model);
    }

    private enum Ownership {
        EXPLICIT
    }

    private enum SandboxVisibility {
        SPAWNED,
        ALL
    }

    private Optional<String> marked() {
        if (marked.size() > 1) {
            agents.error(
                    "entries",
                    "several agents are marked as default: " + String.join(", ", marked),
                    "Leave default: true at one of them.");
        }
        return marked.stream().findFirst();
    }

    private void list(Node written) {
        if (!(written instanceof Node.Sequence items)) {
            agents.error("list", "expected a list of agents, got " + written.kind(), "Write [{ id: \"…\" }].");
            return;
        }
        for (int i = 0; i < items.items().size(); i++) {
            Section entry = agents.item("list", i, items.items().get(i));
            Optional<String> id = entry.text("id");
            if (id.isPresent()) {
                agent(id.get(), entry);
            } else if (!entry.has("id")) {
                entry.error("id", "the agent has no id", "Add one: { id: \"…\" }.");
            }
        }
    }

    private void agent(String written, Section entry) {
        String id = written.strip().toLowerCase(Locale.ROOT);
        if (!ID.matcher(id).matches()) {
            entry.complain(
                    "\"" + written + "\" is not an agent id",
                    "Use letters, digits, _ and -, 64 at most, not beginning with -.");
        }
        entry.node("id");
        if (entry.flag("default").orElse(false)) {
            marked.add(id);
        }
        Section tools = entry.section("tools");
        ToolRules rules = RulesReader.among(tools, true, true);
        Map<String, ToolRules> bySender = RulesReader.bySender(tools);
        ToolRules sandbox = ToolsReader.nested(tools.section("sandbox"));
        ToolRules subagents = ToolsReader.nested(tools.section("subagents"));
        tools.close();
        Section box = entry.section("sandbox");
        Optional<AgentsConfig.SandboxMode> mode = box.choice("mode", AgentsConfig.SandboxMode.class);
        box.close();
        Section identity = entry.section("identity");
        Optional<String> name = entry.shown("name").or(() -> identity.shown("name"));
        identity.node("name");
        identity.close();
        AgentsConfig.Agent agent =
                new AgentsConfig.Agent(id, name, rules, bySender, mode, sandbox, subagents, model(entry));
        entry.close();
        if (read.put(id, agent) != null) {
            entry.complain("the agent \"" + id + "\" is configured twice", "Join the two.");
        }
    }

    /** {@code model: "provider/name"} or {@code model: {primary: "provider/name"}}. */
    private static Optional<String> model(Section section) {
        boolean text =
                section.node("model").filter(Node.Scalar.class::isInstance).isPresent();
        if (text) {
            return section.shown("model");
        }
        Section model = section.section("model");
        Optional<String> primary = model.shown("primary");
        model.close();
        return primary;
    }
}
