package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import java.util.ArrayList;
import java.util.List;

/** What is accepted, but probably not meant: of policy, and of plugins. */
final class Warnings {
    private Warnings() {}

    static List<String> of(OperatorSnapshot snapshot) {
        List<String> warnings = new ArrayList<>(snapshot.policy().warnings());
        warnings.addAll(snapshot.plugins().warnings());
        for (LoadedPlugin plugin : snapshot.plugins().plugins()) {
            String name = plugin.identity().id();
            plugin.identity().warnings().forEach(text -> warnings.add("Plugin " + name + ": " + text));
            plugin.unusedKeys()
                    .forEach(key -> warnings.add(
                            key + " is not read by plugin " + name + ": check its spelling, or remove it"));
        }
        warnings.addAll(snapshot.invocations().warnings());
        snapshot.lingering().forEach(one -> warnings.add(one.text()));
        return warnings;
    }
}
