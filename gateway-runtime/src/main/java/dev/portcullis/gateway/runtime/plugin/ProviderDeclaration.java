package dev.portcullis.gateway.runtime.plugin;

import java.util.Optional;

/**
 * A provider as a descriptor or a services file names it.
 *
 * @param knownName its name, if the class file gives it away
 */
record ProviderDeclaration(ProviderKind kind, String className, Optional<String> knownName) {}
