package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes a configuration file: checked as a whole before it is written, in one step, with a copy of what was there. Only
 * the owner can read what it writes.
 */
public final class ConfigFileEditor {
    /** What was there before the last edit, beside the file. */
    public static final String BACKUP = ".bak";

    /** One change; steps into lists are numbers. */
    public sealed interface Change {
        List<String> path();

        /** A plain value. */
        record Set(List<String> path, Object value) implements Change {}

        record Unset(List<String> path) implements Change {}
    }

    /** How an edit ended. */
    public sealed interface Result {
        /**
         * It holds.
         *
         * @param before empty if the file did not hold, or was not there
         * @param unchanged whether everything was so already
         */
        record Done(
                Optional<GatewayConfig> before, GatewayConfig after, List<ConfigProblem> warnings, boolean unchanged)
                implements Result {}

        /** It would not hold, for all these reasons; nothing was written. */
        record Refused(List<String> reasons) implements Result {}

        /** It cannot be done this way; nothing was written. */
        record Impossible(String reason) implements Result {}
    }

    private final Path file;
    private final Path template;
    private final ConfigEnvironment environment;

    /**
     * @param file to be written; need not be there
     * @param template what an edit starts from if the file is not there
     */
    public ConfigFileEditor(Path file, Optional<Path> template, ConfigEnvironment environment) {
        this.file = real(file);
        this.template = template.orElse(this.file);
        this.environment = environment;
    }

    /** A link stays one. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException notThere) {
            return file.toAbsolutePath().normalize();
        }
    }

    /**
     * Makes the changes, all or none.
     *
     * @param dry whether to stop before anything is written
     */
    public Result apply(List<Change> changes, boolean dry) throws IOException {
        String before =
                Files.exists(file) ? Files.readString(file) : Files.exists(template) ? Files.readString(template) : "";
        String after = before;
        try {
            for (Change change : changes) {
                after = applied(after, change);
            }
        } catch (ConfigEditException impossible) {
            return new Result.Impossible(file + ": " + impossible.getMessage() + ". Nothing was changed.");
        }
        return write(before, after, changes, dry);
    }

    /** Puts a whole text in the place of the file's, if it holds. */
    public Result replace(String text, boolean dry) throws IOException {
        return write(Files.exists(file) ? Files.readString(file) : "", text, List.of(), dry);
    }

    private String applied(String text, Change change) {
        Map<String, Object> root = root(text);
        int list = EditPath.listOn(root, change.path());
        if (list > 0) {
            List<String> outer = change.path().subList(0, list);
            return set(text, outer, EditPath.inList(root, change, outer));
        }
        return switch (change) {
            case Change.Set set -> set(text, set.path(), set.value());
            case Change.Unset unset -> {
                if (EditPath.find(root, unset.path()).isEmpty()) {
                    throw new ConfigEditException(String.join(".", unset.path()) + " is not set there");
                }
                yield hocon() ? new HoconEdit(text).unset(unset.path()) : new Json5Edit(text).unset(unset.path());
            }
        };
    }

    private String set(String text, List<String> path, Object value) {
        return hocon() ? new HoconEdit(text).set(path, value) : new Json5Edit(text).set(path, value);
    }

    private boolean hocon() {
        return ConfigReader.hocon(file);
    }

    /** What the text says by itself, as plain values; nothing if it cannot be read. */
    private Map<String, Object> root(String text) {
        try {
            Path draft = draft(text);
            try {
                return ConfigReader.draft(draft, withoutVariables()).root();
            } finally {
                Files.delete(draft);
            }
        } catch (IOException unwritable) {
            throw new ConfigEditException(
                    "no file can be made beside it (" + unwritable.getClass().getSimpleName() + ")");
        }
    }

    /** What a variable holds must not come to be written. */
    private ConfigEnvironment withoutVariables() {
        return new ConfigEnvironment(
                Map.of(), environment.overrides(), environment.home(), environment.container(), environment.trust());
    }

    private Result write(String before, String after, List<Change> changes, boolean dry) throws IOException {
        Path draft = draft(after);
        try {
            switch (ConfigReader.read(draft, environment)) {
                case ConfigReading.Invalid invalid -> {
                    return new Result.Refused(invalid.errors().stream()
                            .map(problem -> problem.text().replace(draft.toString(), file.toString()))
                            .toList());
                }
                case ConfigReading.Valid valid -> {
                    Optional<String> elsewhere = notSo(valid.config().document().root(), changes);
                    if (elsewhere.isPresent()) {
                        return new Result.Impossible(elsewhere.get());
                    }
                    boolean unchanged = Files.exists(file) && before.equals(after);
                    Optional<GatewayConfig> held = Files.exists(file)
                            ? ConfigReader.draft(file, environment).config()
                            : Optional.empty();
                    if (!dry && !unchanged) {
                        if (Files.exists(file) && !Files.readString(file).equals(before)) {
                            return new Result.Impossible(
                                    file + ": somebody else has changed it meanwhile. Nothing was written; try again.");
                        }
                        keep(before);
                        PrivateFile.replace(draft, file);
                    }
                    return new Result.Done(held, valid.config(), valid.warnings(), unchanged);
                }
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** What an include, an addition or a second mention made of a change; empty if all came true. */
    private Optional<String> notSo(Map<String, Object> root, List<Change> changes) {
        Map<List<String>, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.path(), change));
        return last.values().stream()
                .filter(change -> EditPath.listOn(root, change.path()) == 0)
                .filter(change -> switch (change) {
                    case Change.Set set ->
                        !set.value().toString().contains("${")
                                && !EditPath.same(
                                        EditPath.find(root, set.path()).orElse(""), set.value());
                    case Change.Unset unset -> EditPath.find(root, unset.path()).isPresent();
                })
                .findFirst()
                .map(change -> file + ": " + String.join(".", change.path())
                        + " would not be so afterwards, because it is written in another place too (an include, or an"
                        + " addition such as \"+=\"). Edit the file by hand.");
    }

    private void keep(String before) throws IOException {
        if (Files.exists(file)) {
            PrivateFile.write(before, file.resolveSibling(file.getFileName() + BACKUP));
        }
    }

    /** The text in a file of its own beside the real one, where its includes are; of the same syntax. */
    private Path draft(String text) throws IOException {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        Path made = PrivateFile.beside(file, dot < 0 ? "" : name.substring(dot));
        Files.writeString(made, text);
        return made;
    }
}
