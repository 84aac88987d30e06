package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Agents are written as a list, as older versions of the reference gateway had it. */
final class RetiredAgentList extends Check {
    RetiredAgentList() {
        super("core/doctor/agent-roster");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        if (patient.config().isEmpty()
                || !(patient.draft().root().get("agents") instanceof Map<?, ?> agents)
                || !(agents.get("list") instanceof List<?> list)) {
            return;
        }
        String message = "Agents are written as a list, which the reference gateway has retired";
        String hint = "Write them below agents.entries, each by its id";
        Optional<Map<String, Object>> entries =
                agents.containsKey("entries") ? Optional.empty() : entries(list).filter(known -> plain(patient));
        if (entries.isEmpty() || patient.editor().isEmpty()) {
            found.accept(info(message, "agents.list", hint + "; both are read."));
            return;
        }
        ConfigFileEditor editor = patient.editor().get();
        found.accept(repairable(
                Severity.INFO,
                message,
                "agents.list",
                hint + ", which --fix does; both are read.",
                () -> Edits.made(
                        editor.apply(
                                List.of(
                                        new Change.Set(List.of("agents", "entries"), entries.get()),
                                        new Change.Unset(List.of("agents", "list"))),
                                false),
                        "Moved agents.list to agents.entries in "
                                + patient.places().config() + "; what was there is "
                                + patient.places().config() + ConfigFileEditor.BACKUP + " now.")));
    }

    private static Optional<Map<String, Object>> entries(List<?> list) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> agent) || !(agent.get("id") instanceof String id)) {
                return Optional.empty();
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            agent.forEach((name, value) -> {
                if (!name.equals("id") && value != null) {
                    entry.put(String.valueOf(name), value);
                }
            });
            if (entries.put(id.strip().toLowerCase(Locale.ROOT), entry) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(entries);
    }

    /** What a variable or another file holds must not come to be written here. */
    private static boolean plain(Patient patient) {
        Optional<Path> file = patient.places().configFile();
        try {
            return file.isPresent() && !Files.readString(file.get()).matches("(?s).*(\\$|\\binclude\\b).*");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
