package dev.portcullis.gateway.runtime.plugin;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which generation of a file's plugin served last; counted on when a file comes back. */
final class Generations {
    private final Map<Path, Integer> served = new HashMap<>();

    synchronized int next(Path file, Optional<LoadedPlugin> replaces) {
        int before = replaces.map(plugin -> plugin.identity().generation()).orElse(0);
        return Math.max(before, served.getOrDefault(file, 0)) + 1;
    }

    synchronized void serve(List<LoadedPlugin> plugins) {
        for (LoadedPlugin plugin : plugins) {
            plugin.identity()
                    .file()
                    .ifPresent(file -> served.put(file, plugin.identity().generation()));
        }
    }
}
