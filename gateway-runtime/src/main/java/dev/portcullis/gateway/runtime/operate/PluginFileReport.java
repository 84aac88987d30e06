package dev.portcullis.gateway.runtime.operate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of work on a plugin's files; for the commands, which print it.
 *
 * @param done whether it was done
 * @param said for people: what was done, or why not
 * @param details each a sentence
 * @param document for programs
 */
public record PluginFileReport(
        boolean done, String said, List<String> details, Map<String, @Nullable Object> document) {
    public PluginFileReport {
        details = List.copyOf(details);
    }
}
