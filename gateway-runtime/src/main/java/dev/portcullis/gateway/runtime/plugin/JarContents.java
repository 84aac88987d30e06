package dev.portcullis.gateway.runtime.plugin;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one jar holds, read without running any of it.
 *
 * @param services class names by kind, from {@code META-INF/services}
 * @param providers provider classes that were found in it, by class name
 * @param code what its class files name
 * @param statement its capability statement, as it stands there
 * @param apiVersion {@code Gateway-Api-Version} of the manifest
 * @param nested whether there are jars in it, which no loader looks into
 * @param namesOthers whether its manifest has a {@code Class-Path}
 * @param implementationVersion {@code Implementation-Version} of the manifest
 */
record JarContents(
        PrivateCopies.Copy copy,
        Optional<ModuleDescriptor> descriptor,
        Set<String> packages,
        Map<ProviderKind, List<String>> services,
        Map<String, ProviderClass> providers,
        JarCode code,
        boolean nested,
        Optional<byte[]> statement,
        Optional<String> apiVersion,
        boolean namesOthers,
        Optional<String> implementationVersion,
        List<Refusal> refusals) {
    String name() {
        return copy.original().getFileName().toString();
    }

    /** What the module descriptor provides. */
    List<String> provided(ProviderKind kind) {
        return descriptor.stream()
                .flatMap(module -> module.provides().stream())
                .filter(provides -> provides.service().equals(kind.service().getName()))
                .flatMap(provides -> provides.providers().stream())
                .toList();
    }
}
