package dev.portcullis.gateway.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin is, apart from what it does. For commands, readiness detail and audit.
 *
 * @param id file name of the jar or folder; the module name of a built-in
 * @param apiVersion of the API it was compiled against, if it says so
 * @param file the jar or folder as the operator put it there; empty for a built-in
 * @param sha256 of the jar, or of the names and digests of a folder's jars; empty for a built-in
 * @param generation 0 for a built-in, counted from 1 for what came from a folder
 * @param warnings whole sentences
 */
public record PluginIdentity(
        String id,
        Optional<String> moduleName,
        Optional<String> version,
        Optional<String> apiVersion,
        PluginOrigin origin,
        Optional<Path> file,
        Optional<String> sha256,
        int generation,
        LoadingKind kind,
        List<String> warnings) {
    public PluginIdentity {
        warnings = List.copyOf(warnings);
    }

    PluginIdentity ofGeneration(int number) {
        return new PluginIdentity(id, moduleName, version, apiVersion, origin, file, sha256, number, kind, warnings);
    }

    String where() {
        return file.map(Path::toString).orElse("built in");
    }
}
