package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.plugin.PluginCensus;
import dev.portcullis.gateway.runtime.plugin.PluginExamination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies in the plugin folders, read when a check asks for it, and once. Runs nothing. */
final class InstalledPlugins {
    private final PluginCensus census;
    private @Nullable List<PluginCensus.Plugin> plugins;
    private volatile @Nullable List<ScannedPlugin> scanned;

    InstalledPlugins(AuditSubject subject) {
        this.census = new PluginCensus(subject.places().pluginFolders(), subject.trust());
    }

    /** Plugins, the jars in them, and the lock files beside them. */
    List<Path> files() {
        return census.files();
    }

    /** File names. */
    List<String> names() {
        return census.ids();
    }

    /** Reads every jar to its end. */
    synchronized List<PluginCensus.Plugin> plugins() {
        List<PluginCensus.Plugin> known = plugins;
        if (known == null) {
            known = census.plugins();
            plugins = known;
        }
        return known;
    }

    /** Reads every class file. */
    synchronized List<ScannedPlugin> scanned() {
        List<ScannedPlugin> known = scanned;
        if (known == null) {
            List<ScannedPlugin> found = new ArrayList<>();
            for (Path path : census.paths()) {
                found.add(scan(path));
            }
            known = List.copyOf(found);
            scanned = known;
        }
        return known;
    }

    /** Nothing, if nobody asked for it or it took too long. */
    List<ScannedPlugin> alreadyScanned() {
        List<ScannedPlugin> known = scanned;
        return known == null ? List.of() : known;
    }

    private static ScannedPlugin scan(Path path) {
        String id = String.valueOf(path.getFileName());
        try {
            PluginExamination examination = PluginCensus.examine(path);
            return new ScannedPlugin(id, path, Optional.of(examination), "");
        } catch (IOException | RuntimeException unreadable) {
            // its type only: a message of a damaged file is as good as foreign text
            return new ScannedPlugin(
                    id,
                    path,
                    Optional.empty(),
                    "It cannot be read (" + unreadable.getClass().getSimpleName() + ").");
        }
    }

    /** A file name as {@code plugins.allow} may say it. */
    static String base(String id) {
        return id.toLowerCase(Locale.ROOT).endsWith(".jar") ? id.substring(0, id.length() - 4) : id;
    }

    static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
