package dev.portcullis.gateway.runtime.plugin;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * A plugin that has a loader, and whose providers can be made.
 *
 * @param providers in the order in which they are to be made
 */
record OpenedPlugin(ClassLoader loader, List<Source> providers) {
    /** Makes one provider: runs its static initialiser and its constructor. */
    record Source(ProviderDeclaration declaration, Callable<AutoCloseable> create) {}
}
