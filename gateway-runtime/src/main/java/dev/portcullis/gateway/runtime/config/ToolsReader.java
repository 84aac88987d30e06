package dev.portcullis.gateway.runtime.config;

/** {@code tools}. */
final class ToolsReader {
    private ToolsReader() {}

    static ToolsConfig read(Section tools) {
        ToolRules rules = RulesReader.among(tools, true, true);
        var bySender = RulesReader.bySender(tools);
        ToolRules subagents = nested(tools.section("subagents"));
        ToolRules sandbox = nested(tools.section("sandbox"));
        Section sessions = tools.section("sessions");
        ToolsConfig.Visibility visibility =
                sessions.choice("visibility", ToolsConfig.Visibility.class).orElse(ToolsConfig.Visibility.ALL);
        sessions.close();
        Section other = tools.section("agentToAgent");
        ToolsConfig.AgentToAgent agentToAgent =
                new ToolsConfig.AgentToAgent(other.flag("enabled").orElse(true), other.texts("allow"));
        other.close();
        tools.close();
        return new ToolsConfig(rules, bySender, subagents, sandbox, visibility, agentToAgent);
    }

    /** {@code subagents.tools}, {@code sandbox.tools}. */
    static ToolRules nested(Section section) {
        ToolRules rules = RulesReader.closed(section.section("tools"), false);
        section.close();
        return rules;
    }
}
