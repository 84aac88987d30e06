package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.catalog.ToolDescription;
import dev.portcullis.gateway.runtime.policy.ToolSections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tools in groups, as clients show them. */
final class ToolGroups {
    private static final List<String> SECTIONS = List.of(
            "fs", "runtime", "web", "memory", "sessions", "ui", "messaging", "automation", "nodes", "agents", "media");
    private static final Map<String, String> LABELS = Map.of("fs", "Files", "ui", "UI");
    private static final String OTHER = "other";

    private ToolGroups() {}

    static List<Map<String, @Nullable Object>> profiles() {
        return List.of("minimal", "coding", "messaging", "full").stream()
                .map(id -> {
                    Map<String, @Nullable Object> profile = new LinkedHashMap<>();
                    profile.put("id", id);
                    profile.put("label", label(id));
                    return profile;
                })
                .toList();
    }

    /** Built-in tools by section, then the others by plugin. */
    static List<Map<String, @Nullable Object>> bySection(List<ToolDescription> tools) {
        Map<String, List<ToolDescription>> sections = new LinkedHashMap<>();
        SECTIONS.forEach(section -> sections.put(section, new ArrayList<>()));
        Map<String, List<ToolDescription>> plugins = new LinkedHashMap<>();
        for (ToolDescription tool : tools) {
            if (tool.builtIn()) {
                String section =
                        ToolSections.of(tool.name()).map(ToolSections.Place::id).orElse(OTHER);
                sections.computeIfAbsent(section, id -> new ArrayList<>()).add(tool);
            } else {
                plugins.computeIfAbsent(tool.provider(), id -> new ArrayList<>())
                        .add(tool);
            }
        }
        List<Map<String, @Nullable Object>> groups = new ArrayList<>();
        sections.forEach((id, members) -> {
            if (!members.isEmpty()) {
                groups.add(group(id, label(id), Optional.empty(), members, ToolGroups::cataloguedTool));
            }
        });
        plugins.forEach((id, members) ->
                groups.add(group("plugin:" + id, id, Optional.of(id), members, ToolGroups::cataloguedTool)));
        return groups;
    }

    /** Those of the gateway, those of plugins. */
    static List<Map<String, @Nullable Object>> bySource(List<ToolDescription> tools) {
        List<Map<String, @Nullable Object>> groups = new ArrayList<>();
        for (boolean builtIn : List.of(true, false)) {
            List<ToolDescription> members =
                    tools.stream().filter(tool -> tool.builtIn() == builtIn).toList();
            if (!members.isEmpty()) {
                groups.add(group(
                        builtIn ? "core" : "plugin",
                        builtIn ? "Built-in tools" : "Plugin tools",
                        Optional.empty(),
                        members,
                        ToolGroups::effectiveTool));
            }
        }
        return groups;
    }

    private interface Shape {
        Map<String, @Nullable Object> of(ToolDescription tool);
    }

    private static Map<String, @Nullable Object> group(
            String id, String label, Optional<String> plugin, List<ToolDescription> members, Shape shape) {
        Map<String, @Nullable Object> group = new LinkedHashMap<>();
        group.put("id", id);
        group.put("label", label);
        group.put("source", members.getFirst().builtIn() ? "core" : "plugin");
        plugin.ifPresent(name -> group.put("pluginId", name));
        group.put("tools", members.stream().map(shape::of).toList());
        return group;
    }

    private static Map<String, @Nullable Object> cataloguedTool(ToolDescription tool) {
        Map<String, @Nullable Object> shown = tool(tool);
        shown.put(
                "defaultProfiles",
                ToolSections.of(tool.name()).map(ToolSections.Place::profiles).orElse(List.of()));
        return shown;
    }

    private static Map<String, @Nullable Object> effectiveTool(ToolDescription tool) {
        Map<String, @Nullable Object> shown = tool(tool);
        shown.put("rawDescription", tool.description());
        return shown;
    }

    private static Map<String, @Nullable Object> tool(ToolDescription tool) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", tool.name());
        shown.put("label", tool.name());
        shown.put("description", tool.description());
        shown.put("source", tool.builtIn() ? "core" : "plugin");
        if (!tool.builtIn()) {
            shown.put("pluginId", tool.provider());
        }
        return shown;
    }

    private static String label(String id) {
        return LABELS.getOrDefault(id, id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1));
    }
}
