package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.plugin.PluginExamination;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A plugin whose class files were read.
 *
 * @param id file name of the jar or folder
 * @param examination empty if it cannot be read
 * @param failure why it cannot; empty if it can
 */
public record ScannedPlugin(String id, Path path, Optional<PluginExamination> examination, String failure) {
    /** By which the configuration may mean it. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add(id);
        names.add(InstalledPlugins.base(id));
        examination.ifPresent(known -> {
            known.identity().moduleName().ifPresent(names::add);
            known.providers().forEach(provider -> provider.name().ifPresent(names::add));
        });
        return names;
    }

    /** Why it would not be loaded, as far as files tell; sentences. */
    public List<String> problems() {
        return examination
                .map(known -> known.problems().stream()
                        .map(problem -> problem.why() + " " + problem.remedy())
                        .toList())
                .orElse(List.of(failure));
    }

    /** What its code reaches for, with an example. */
    public Map<String, String> uses() {
        return examination.map(PluginExamination::uses).orElse(Map.of());
    }

    /** Empty if it states nothing at all. */
    public Optional<Set<String>> stated() {
        return examination.flatMap(PluginExamination::stated);
    }

    /** What it reaches for without saying so. */
    Map<String, String> undeclared() {
        Map<String, String> undeclared = new TreeMap<>(uses());
        stated().ifPresent(stated -> undeclared.keySet().removeAll(stated));
        return undeclared;
    }

    static String list(Map<String, String> uses) {
        return String.join(
                "; ",
                uses.entrySet().stream()
                        .map(use -> use.getKey() + " (" + use.getValue() + ")")
                        .toList());
    }
}
