package dev.portcullis.gateway.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A plugin as it lies in a folder.
 *
 * @param id file name of the jar or the folder
 * @param path the jar or the folder
 * @param jars the jar itself, or the folder's jars by name
 */
record PluginFiles(String id, Path path, List<Path> jars) {
    PluginFiles {
        jars = List.copyOf(jars);
    }

    /** The file name without {@code .jar}, which is what {@code plugins.allow} and {@code plugins.deny} may say. */
    String baseName() {
        return id.toLowerCase(Locale.ROOT).endsWith(".jar") ? id.substring(0, id.length() - 4) : id;
    }
}
