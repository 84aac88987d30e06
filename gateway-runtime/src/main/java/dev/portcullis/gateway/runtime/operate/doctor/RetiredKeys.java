package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keys that the reference gateway has given up, and that mean nothing here either. */
final class RetiredKeys extends Check {
    private static final List<List<String>> RETIRED = List.of(
            List.of("audit"),
            List.of("gateway", "reload", "debounceMs"),
            List.of("gateway", "nodes", "allowCommands"),
            List.of("gateway", "nodes", "denyCommands"),
            List.of("gateway", "tailscale", "resetOnExit"),
            List.of("logging", "redactSensitive"),
            List.of("plugins", "installs"));

    RetiredKeys() {
        super("core/doctor/retired-keys");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        List<List<String>> written = RETIRED.stream()
                .filter(path -> written(patient.draft().root(), path))
                .toList();
        if (patient.config().isEmpty() || patient.editor().isEmpty()) {
            return;
        }
        ConfigFileEditor editor = patient.editor().get();
        Repair repair = () -> Edits.made(
                editor.apply(written.stream().<Change>map(Change.Unset::new).toList(), false),
                "Took "
                        + String.join(
                                ", ", written.stream().map(RetiredKeys::text).toList()) + " out of "
                        + patient.places().config() + "; what was there is "
                        + patient.places().config()
                        + ConfigFileEditor.BACKUP + " now.");
        written.forEach(path -> found.accept(repairable(
                Severity.WARNING,
                "The reference gateway has retired this key, and it has no effect here",
                text(path),
                "Remove it: portcullis config unset " + text(path) + ", which --fix does too.",
                repair)));
    }

    private static String text(List<String> path) {
        return String.join(".", path);
    }

    private static boolean written(Map<String, Object> root, List<String> path) {
        @Nullable Object value = root;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value != null;
    }
}
