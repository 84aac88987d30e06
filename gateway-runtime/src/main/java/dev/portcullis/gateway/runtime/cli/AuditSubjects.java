package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.GatewayOptions;
import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a command line means by "this gateway", for those who examine it. */
final class AuditSubjects {
    private AuditSubjects() {}

    /** @throws CliException if the file cannot be read: what cannot be read cannot be examined */
    static AuditSubject of(
            ConfigAccess access, ConfigDraft draft, AuditSubject.Assumed assumed, Surroundings surroundings) {
        List<String> problems = draft.reading() instanceof ConfigReading.Invalid invalid
                ? invalid.errors().stream().map(ConfigProblem::text).toList()
                : List.of();
        if (draft.document().isEmpty()) {
            throw CliException.configuration(
                    "The configuration cannot be read: "
                            + access.file().map(Path::toString).orElse("there is no file"),
                    problems);
        }
        Set<Path> includes = new HashSet<>(draft.files());
        access.file().map(file -> file.toAbsolutePath().normalize()).ifPresent(includes::remove);
        List<Path> folders = new ArrayList<>(access.pluginFolders());
        draft.config().ifPresent(config -> folders.addAll(config.plugins().loadPaths()));
        return new AuditSubject(
                draft.root(),
                problems,
                draft.config().flatMap(config -> config.auth().token()),
                draft.config().flatMap(config -> config.auth().password()),
                draft.config().map(config -> config.plugins().trust()).orElse(PluginTrust.DEFAULT),
                builtIns(),
                assumed,
                surroundings.environment(),
                new AuditSubject.Places(
                        surroundings.home(),
                        access.stateDir(),
                        access.file(),
                        ConfigEditing.shipped(access),
                        includes,
                        folders));
    }

    /** Names that {@code plugins.entries} may have without a file of that name. */
    private static Set<String> builtIns() {
        GatewayOptions.BuiltIns builtIns = GatewayOptions.BuiltIns.ofBootLayer();
        Set<String> names = new HashSet<>();
        builtIns.tools().forEach(one -> add(names, one, one.name()));
        builtIns.authenticators().forEach(one -> add(names, one, one.name()));
        builtIns.policySources().forEach(one -> add(names, one, one.name()));
        return names;
    }

    private static void add(Set<String> names, Object provider, String name) {
        names.add(name);
        Optional.ofNullable(provider.getClass().getModule().getName()).ifPresent(names::add);
    }
}
