package dev.portcullis.gateway.runtime.plugin;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin after examination, as far as that went.
 *
 * @param copies of its jars; to be released with the plugin
 * @param jars what its classes are loaded from: the copies, or what was made of them
 * @param roots modules that provide our services
 * @param providers what it declares, policy sources first; also if it is refused, as far as it could be read
 * @param refusals why it cannot be loaded; empty if it can
 * @param code what its class files were found to do
 */
record VerifiedPlugin(
        PluginFiles files,
        PluginIdentity identity,
        List<PrivateCopies.Copy> copies,
        List<Path> jars,
        Set<String> roots,
        List<ProviderDeclaration> providers,
        List<Refusal> refusals,
        PluginChecks.Code code,
        Optional<PluginSignature.Statement> signed) {
    VerifiedPlugin {
        copies = List.copyOf(copies);
        jars = List.copyOf(jars);
        roots = Set.copyOf(roots);
        providers = List.copyOf(providers);
        refusals = List.copyOf(refusals);
    }

    /** File, folder and module names, by which the configuration may mean the whole plugin. */
    Set<String> fileNames() {
        Set<String> names = new LinkedHashSet<>(List.of(files.baseName(), files.id()));
        identity.moduleName().ifPresent(names::add);
        return names;
    }

    /** All names known so far. */
    Set<String> names() {
        Set<String> names = fileNames();
        providers.forEach(provider -> provider.knownName().ifPresent(names::add));
        return names;
    }

    Optional<ProviderDeclaration> declaration(String className) {
        return providers.stream()
                .filter(provider -> provider.className().equals(className))
                .findFirst();
    }
}
