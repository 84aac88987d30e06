package dev.portcullis.gateway.runtime.catalog;

import dev.portcullis.gateway.runtime.policy.Allowed;
import dev.portcullis.gateway.runtime.policy.ToolIndex;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tools of one snapshot, by name. Gives out a tool for a permission and for nothing else. Immutable. */
public final class ToolCatalog {
    /** In order of their names. */
    private final Map<String, CatalogTool> tools;

    public ToolCatalog(Collection<CatalogTool> tools) {
        Map<String, CatalogTool> byName = new TreeMap<>();
        for (CatalogTool tool : tools) {
            CatalogTool other = byName.put(tool.description().name(), tool);
            if (other != null) {
                throw new IllegalArgumentException("Two tools are named \""
                        + tool.description().name() + "\": of "
                        + other.description().provider() + " and of "
                        + tool.description().provider());
            }
        }
        this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** The tool that was allowed, if it exists. */
    public Optional<CatalogTool> find(Allowed permission) {
        return Optional.ofNullable(tools.get(permission.tool()));
    }

    /** What a tool says of itself; to be shown to operators only, for it says that the tool exists. */
    public Optional<ToolDescription> describe(String name) {
        return Optional.ofNullable(tools.get(name)).map(CatalogTool::description);
    }

    /** All descriptions, by name. */
    public Collection<ToolDescription> descriptions() {
        return tools.values().stream().map(CatalogTool::description).toList();
    }

    /** What the policy engine compiles from. */
    public ToolIndex index() {
        return new ToolIndex(
                descriptions().stream().collect(Collectors.toMap(ToolDescription::name, ToolDescription::provider)),
                descriptions().stream()
                        .filter(ToolDescription::builtIn)
                        .map(ToolDescription::provider)
                        .collect(Collectors.toSet()));
    }
}
