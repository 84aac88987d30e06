package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import dev.portcullis.gateway.runtime.policy.WrittenRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which tools the written rules leave, and what agents are configured: before any session, channel or plugin has its say. */
final class ToolReach {
    private final Settings settings;

    ToolReach(Settings settings) {
        this.settings = settings;
    }

    /** Whether the rules that hold for all let it pass. */
    boolean reachable(String tool) {
        return global().pass(tool);
    }

    boolean denied(String tool) {
        return global().deny(tool);
    }

    List<String> reachable(String... tools) {
        return Stream.of(tools).filter(this::reachable).toList();
    }

    /** Whether commands may run at all, as far as rules say. */
    boolean execAllowed() {
        return reachable("exec") && !settings.says("tools.exec.security", "deny");
    }

    /** Whether every session of every agent runs in a sandbox. */
    boolean sandboxed() {
        return settings.says("agents.defaults.sandbox.mode", "all")
                && agents().values().stream()
                        .allMatch(agent -> !agent.has("sandbox.mode") || agent.says("sandbox.mode", "all"));
    }

    boolean elevated() {
        return !settings.off("tools.elevated.enabled");
    }

    /** Agents by the path they are written at. */
    Map<String, Settings> agents() {
        Map<String, Settings> agents = new LinkedHashMap<>();
        settings.children("agents.entries").forEach((id, agent) -> agents.put("agents.entries." + id, agent));
        List<?> list = settings.items("agents.list");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> agent) {
                agents.put("agents.list[" + i + "]", new Settings(agent));
            }
        }
        return agents;
    }

    /** The agents and what holds for all of them. */
    Map<String, Settings> agentsAndDefaults() {
        Map<String, Settings> all = new LinkedHashMap<>();
        settings.child("agents.defaults").ifPresent(defaults -> all.put("agents.defaults", defaults));
        all.putAll(agents());
        return all;
    }

    private WrittenRules global() {
        List<String> deny = new ArrayList<>(settings.texts("tools.deny"));
        return new WrittenRules(
                profile(settings.text("tools.profile")),
                settings.texts("tools.allow"),
                settings.texts("tools.alsoAllow"),
                deny);
    }

    private static Optional<Profile> profile(String written) {
        return Stream.of(Profile.values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(written))
                .findFirst();
    }
}
