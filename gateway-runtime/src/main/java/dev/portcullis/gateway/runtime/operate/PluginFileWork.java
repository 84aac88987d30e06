package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import dev.portcullis.gateway.runtime.plugin.PluginCensus;
import dev.portcullis.gateway.runtime.plugin.PluginExamination;
import dev.portcullis.gateway.runtime.plugin.PluginExaminer;
import dev.portcullis.gateway.runtime.plugin.PluginFileException;
import dev.portcullis.gateway.runtime.plugin.PluginIdentity;
import dev.portcullis.gateway.runtime.plugin.PluginInstaller;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSigning;
import dev.portcullis.gateway.runtime.plugin.PluginSwitches;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Work on plugins that needs files and no running gateway; for the commands. Runs none of their code. */
public final class PluginFileWork {
    /** Of a file, a module or a provider; fits on a line of its own. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/\\\\#\\s][^\\p{Cntrl}/\\\\]*");

    private PluginFileWork() {}

    /** Makes every check that can be made before a class is loaded. */
    public static PluginFileReport verify(Path plugin, GatewayConfig config) {
        return attempt(plugin, () -> {
            PluginExamination examination = new PluginExaminer(config.plugins().trust()).examine(plugin);
            boolean loads = examination.problems().isEmpty();
            Map<String, @Nullable Object> document = document(examination);
            List<String> details = new ArrayList<>(examination.problems().stream()
                    .map(problem -> problem.why() + " " + problem.remedy())
                    .toList());
            if (examination.examined()) {
                details.addAll(lines(examination));
            }
            examination.identity().warnings().forEach(warning -> details.add("Warning: " + warning));
            return new PluginFileReport(
                    loads,
                    loads
                            ? plugin + " passes every check that needs no code to run."
                            : plugin + " would not be loaded.",
                    details,
                    document);
        });
    }

    /** Verifies a plugin, copies it and locks it. */
    public static PluginFileReport install(Path plugin, Path folder, boolean replace, GatewayConfig config) {
        return install(plugin, folder, replace, config, Optional.empty());
    }

    /**
     * The same, and lets an earlier version than served come back.
     *
     * @param back the state directory, if it may
     */
    public static PluginFileReport install(
            Path plugin, Path folder, boolean replace, GatewayConfig config, Optional<Path> back) {
        return attempt(plugin, () -> {
            if (back.isPresent()) {
                if (config.plugins().trust().verify() != PluginTrust.Verify.SIGNED) {
                    throw new NotPossible("No version is kept out: that is so with plugins.verify = \"signed\" alone."
                            + " Leave out --downgrade.");
                }
                PluginSigning.goBack(plugin, config.plugins().trust(), back.get());
            }
            PluginInstaller.Installed installed =
                    new PluginInstaller(folder, config.plugins().trust()).install(plugin, replace);
            Map<String, @Nullable Object> document = document(installed.examination());
            document.put("installed", installed.target().toString());
            document.put(
                    "removed", installed.removed().stream().map(Path::toString).toList());
            List<String> details = new ArrayList<>();
            installed.removed().forEach(old -> details.add("It replaces " + old + "."));
            installed.examination().identity().warnings().forEach(warning -> details.add("Warning: " + warning));
            details.add(
                    "A gateway loads it when it starts, and at once if it watches the folder. Loading grants nothing: "
                            + "\"portcullis tools list\" names its tools and the line that shows them.");
            return new PluginFileReport(true, "Installed " + installed.target() + ".", details, document);
        });
    }

    /** Deletes a plugin's files and its line in the lock. */
    public static PluginFileReport remove(String name, Path folder, GatewayConfig config) {
        return attempt(folder, () -> {
            Path removed = new PluginInstaller(folder, config.plugins().trust()).remove(name);
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("removed", removed.toString());
            return new PluginFileReport(true, "Removed " + removed + ".", List.of(), document);
        });
    }

    /**
     * Switches a plugin on or off without touching the configuration file.
     *
     * @param folder where plugins are, if that is known
     */
    public static PluginFileReport turn(
            String name, boolean on, Path stateDirectory, GatewayConfig config, Optional<Path> folder) {
        return attempt(stateDirectory, () -> {
            if (!NAME.matcher(name).matches()) {
                throw new NotPossible("\"" + name.replaceAll("\\p{Cntrl}", "?")
                        + "\" is not the name of a plugin or provider: \"portcullis plugins list\"" + " shows them.");
            }
            PluginsConfig.Entry entry = config.plugins().entries().get(name);
            if (on && entry != null && !entry.enabled().orElse(true)) {
                throw new NotPossible("The configuration says plugins.entries." + name
                        + ".enabled = false, and that wins: remove the line"
                        + config.document().file().map(file -> " from " + file).orElse("")
                        + ".");
            }
            PluginSwitches switches = PluginSwitches.in(stateDirectory);
            boolean changed = switches.turn(name, on);
            if (changed) {
                switches.write();
            }
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("plugin", name);
            document.put("enabled", on);
            document.put("changed", changed);
            document.put("file", switches.file().toString());
            String state = "Plugin \"" + name + "\" " + (changed ? "is " : "was already ")
                    + (on ? "enabled." : "disabled (" + switches.file() + ").");
            List<String> details = new ArrayList<>();
            if (!on) {
                unknown(name, config, folder).ifPresent(details::add);
            }
            document.put("warnings", List.copyOf(details));
            if (changed) {
                details.add("A gateway that runs follows at once, unless plugins.watch is false: then \"portcullis"
                        + " plugins reload\" tells it.");
            }
            return new PluginFileReport(true, state, details, document);
        });
    }

    /** A name that is spelled wrong keeps nothing out. */
    private static Optional<String> unknown(String name, GatewayConfig config, Optional<Path> folder) {
        List<Path> places = Stream.concat(folder.stream(), config.plugins().loadPaths().stream())
                .toList();
        if (places.isEmpty()) {
            return Optional.empty();
        }
        NavigableSet<String> known = new PluginCensus(places, config.plugins().trust()).names();
        return known.contains(name)
                ? Optional.empty()
                : Optional.of("Warning: no plugin in "
                        + places.stream().map(Path::toString).collect(Collectors.joining(", ")) + " is known as \""
                        + name
                        + "\", so this keeps nothing out unless a provider calls itself so when it runs. Known: "
                        + String.join(", ", known) + ".");
    }

    /** Makes a pair of keys. */
    public static PluginFileReport keygen(Path file) {
        return attempt(file, () -> {
            String key = PluginSigning.generate(file);
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("privateKey", file.toString());
            document.put("publicKey", key);
            return new PluginFileReport(
                    true,
                    "Wrote the private key " + file + ": keep it where no gateway runs.",
                    List.of("plugins.trustedKeys = [\"" + key + "\"]"),
                    document);
        });
    }

    /** Signs a plugin. */
    public static PluginFileReport sign(Path plugin, Path key) {
        return attempt(plugin, () -> {
            Path signature = PluginSigning.sign(plugin, key);
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("signature", signature.toString());
            return new PluginFileReport(true, "Wrote " + signature + ".", List.of(), document);
        });
    }

    private interface Work {
        PluginFileReport run() throws IOException, PluginFileException;
    }

    /** Cannot be done, and why. */
    private static final class NotPossible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotPossible(String message) {
            super(message);
        }
    }

    private static PluginFileReport attempt(Path what, Work work) {
        try {
            return work.run();
        } catch (PluginFileException refused) {
            return failed(String.valueOf(refused.getMessage()), refused.details());
        } catch (NotPossible refused) {
            return failed(String.valueOf(refused.getMessage()), List.of());
        } catch (IOException e) {
            return failed(unusable(what, e) + ". Check the path, and that you may read and write there.", List.of());
        }
    }

    /** The file that it failed at, which need not be the one that was named first. */
    private static String unusable(Path what, IOException failure) {
        if (!(failure instanceof FileSystemException known) || known.getFile() == null) {
            return what + " cannot be used: " + failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
        return known.getFile() + " cannot be used: "
                + switch (known) {
                    case NoSuchFileException absent -> "there is no such file or folder";
                    case AccessDeniedException closed -> "access is denied";
                    default -> known.getReason() == null ? failure.getClass().getSimpleName() : known.getReason();
                };
    }

    private static PluginFileReport failed(String message, List<String> details) {
        return new PluginFileReport(false, message, details, new LinkedHashMap<>());
    }

    private static Map<String, @Nullable Object> document(PluginExamination examination) {
        PluginIdentity identity = examination.identity();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("ok", examination.problems().isEmpty());
        shown.put("name", identity.id());
        shown.put("module", identity.moduleName().orElse(null));
        shown.put("version", identity.version().orElse(null));
        shown.put("apiVersion", identity.apiVersion().orElse(null));
        shown.put("sha256", identity.sha256().orElse(null));
        shown.put(
                "providers",
                examination.providers().stream().map(PluginFileWork::provider).toList());
        shown.put(
                "modules",
                examination.modules().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                module -> List.copyOf(module.getValue()),
                                (a, b) -> a,
                                TreeMap::new)));
        shown.put("capabilities", examination.stated().map(List::copyOf).orElse(null));
        shown.put("uses", examination.uses());
        shown.put(
                "problems",
                examination.problems().stream().map(PluginProblem::text).toList());
        shown.put("warnings", identity.warnings());
        return shown;
    }

    private static Map<String, @Nullable Object> provider(PluginExamination.Provider provider) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("kind", provider.kind());
        shown.put("class", provider.className());
        shown.put("name", provider.name().orElse(null));
        return shown;
    }

    private static List<String> lines(PluginExamination examination) {
        PluginIdentity identity = examination.identity();
        List<String> lines = new ArrayList<>();
        identity.moduleName().ifPresent(module -> lines.add("Module:  " + module));
        identity.version().ifPresent(version -> lines.add("Version: " + version));
        identity.apiVersion().ifPresent(version -> lines.add("API:     " + version));
        identity.sha256().ifPresent(digest -> lines.add("SHA-256: " + digest));
        examination
                .providers()
                .forEach(one -> lines.add("Has:     " + one.kind() + " " + one.className()
                        + one.name().map(name -> ", named " + name).orElse("")));
        lines.add("States:  "
                + examination
                        .stated()
                        .map(words -> words.isEmpty() ? "that it needs nothing" : String.join(", ", words))
                        .orElse("nothing"));
        lines.add("Uses:    "
                + (examination.uses().isEmpty()
                        ? "nothing that has to be stated"
                        : String.join(", ", examination.uses().keySet())));
        return lines;
    }
}
