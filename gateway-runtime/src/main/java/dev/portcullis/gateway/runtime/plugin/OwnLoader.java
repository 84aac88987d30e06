package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.policy.PolicySource;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * Calls into a plugin with the plugin's own context class loader, as its API promises; what a plugin sets is undone. What does
 * not link is explained in the log, because whoever called says only that it failed. A plugin that was closed under its last
 * requests is not asked: what it would say then, nobody promised.
 */
final class OwnLoader {
    private static final System.Logger LOG = System.getLogger(OwnLoader.class.getName());

    private OwnLoader() {}

    /** @param open whether it may be asked still */
    static Authenticator authenticating(String name, Authenticator plugin, ClassLoader loader, BooleanSupplier open) {
        return request -> with("auth provider " + name, loader, open, () -> plugin.authenticate(request));
    }

    /** @param open whether it may be asked still */
    static PolicySource answering(String name, PolicySource plugin, ClassLoader loader, BooleanSupplier open) {
        return context -> with("policy source " + name, loader, open, () -> plugin.policies(context));
    }

    private static <T> T with(String what, ClassLoader loader, BooleanSupplier open, Callable<T> call)
            throws Exception {
        if (!open.getAsBoolean()) {
            throw new IllegalStateException("The plugin of " + what + " was closed");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } catch (LinkageError broken) {
            // names of classes and members only: nothing that a caller sent
            Refusal refusal = PluginDiagnosis.explain("It", broken);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The " + what + " does not link. " + refusal.why() + " " + refusal.remedy());
            throw broken;
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
