package dev.portcullis.gateway.runtime.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which section of a catalogue the names table has a tool; for showing, not for deciding. */
public final class ToolSections {
    /**
     * Where a tool stands.
     *
     * @param id of the section
     * @param profiles that allow the tool by name, narrowest first
     */
    public record Place(String id, List<String> profiles) {}

    private ToolSections() {}

    /** The place of a tool; empty for tools that only a plugin has. */
    public static Optional<Place> of(String tool) {
        return CoreTool.named(ToolNames.normalise(tool))
                .map(core -> new Place(
                        core.section(),
                        core.profiles().stream()
                                .sorted()
                                .map(profile -> profile.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }
}
