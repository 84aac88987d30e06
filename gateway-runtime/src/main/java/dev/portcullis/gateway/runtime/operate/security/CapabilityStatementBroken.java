package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.plugin.PluginExamination;
import java.util.List;
import java.util.function.Consumer;

/** What a plugin says about itself cannot be understood. */
final class CapabilityStatementBroken extends Check {
    CapabilityStatementBroken() {
        super("plugins.code_safety.manifest_parse_error");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        for (ScannedPlugin plugin : gateway.scannedPlugins()) {
            List<String> wrong =
                    plugin.examination().map(PluginExamination::misstated).orElse(List.of());
            if (!wrong.isEmpty()) {
                found.accept(warn(
                        "plugins.capabilities",
                        "A plugin's capability statement is wrong",
                        plugin.path() + ": " + String.join(" ", wrong),
                        "Tell its author; docs/plugin-authors.md has the form."));
            }
        }
    }
}
