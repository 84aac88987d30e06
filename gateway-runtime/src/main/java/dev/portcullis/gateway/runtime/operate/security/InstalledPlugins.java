package dev.portcullis.gateway.runtime.operate.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies in the plugin folders: jars, and folders with jars. Nothing is opened. */
final class InstalledPlugins {
    private InstalledPlugins() {}

    static List<Path> paths(Examined gateway) {
        List<Path> plugins = new ArrayList<>();
        for (Path folder : gateway.subject().places().pluginFolders()) {
            if (jar(folder)) {
                plugins.add(folder);
                continue;
            }
            list(folder).stream().filter(InstalledPlugins::plugin).forEach(plugins::add);
        }
        return plugins;
    }

    static List<String> names(Examined gateway) {
        return paths(gateway).stream()
                .map(path -> String.valueOf(path.getFileName()))
                .toList();
    }

    private static boolean plugin(Path entry) {
        return jar(entry) || (Files.isDirectory(entry) && list(entry).stream().anyMatch(InstalledPlugins::jar));
    }

    private static boolean jar(Path file) {
        return Files.isRegularFile(file) && file.toString().endsWith(".jar");
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
