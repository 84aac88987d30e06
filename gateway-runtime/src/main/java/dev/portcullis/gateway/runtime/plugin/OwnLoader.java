package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.policy.PolicySource;
import java.util.concurrent.Callable;

/** Calls into a plugin with the plugin's own context class loader, as its API promises; what a plugin sets is undone. */
final class OwnLoader {
    private OwnLoader() {}

    static Authenticator authenticating(Authenticator plugin, ClassLoader loader) {
        return request -> with(loader, () -> plugin.authenticate(request));
    }

    static PolicySource answering(PolicySource plugin, ClassLoader loader) {
        return context -> with(loader, () -> plugin.policies(context));
    }

    private static <T> T with(ClassLoader loader, Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
