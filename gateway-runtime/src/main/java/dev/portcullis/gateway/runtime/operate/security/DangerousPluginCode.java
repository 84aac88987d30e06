package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A plugin leaves the JVM, where nothing that the gateway does has a say. */
final class DangerousPluginCode extends Check {
    private static final Set<String> LEAVING = Set.of("process", "native");

    DangerousPluginCode() {
        super("plugins.code_safety");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        for (ScannedPlugin plugin : gateway.scannedPlugins()) {
            Map<String, String> leaves = new TreeMap<>(plugin.uses());
            leaves.keySet().retainAll(LEAVING);
            if (!leaves.isEmpty()) {
                Map<String, String> unsaid = new TreeMap<>(plugin.undeclared());
                unsaid.keySet().retainAll(LEAVING);
                found.accept(criticalIf(
                        !unsaid.isEmpty(),
                        "plugins.capabilities",
                        "A plugin's code starts programs or calls native code",
                        plugin.path() + ": " + ScannedPlugin.list(leaves)
                                + (unsaid.isEmpty() ? ". Its capability statement says so." : ". It does not say so."),
                        "Read what it does there. If you do not need it: portcullis plugins disable "
                                + ShellWord.quoted(InstalledPlugins.base(plugin.id()))));
            }
        }
    }
}
