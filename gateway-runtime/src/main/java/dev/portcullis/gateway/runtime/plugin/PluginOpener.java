package dev.portcullis.gateway.runtime.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Gives an examined plugin its loader and makes its providers: the first that runs code of it. */
final class PluginOpener {
    private static final System.Logger LOG = System.getLogger(PluginOpener.class.getName());

    private final Intake intake;
    private final Generations generations;
    private final PluginVerifier verifier;
    private final ModuleWorld world;
    private final Duration loadDeadline;

    PluginOpener(
            Intake intake, Generations generations, PluginVerifier verifier, ModuleWorld world, Duration loadDeadline) {
        this.intake = intake;
        this.generations = generations;
        this.verifier = verifier;
        this.world = world;
        this.loadDeadline = loadDeadline;
    }

    /**
     * Opens a plugin, or puts it into quarantine.
     *
     * @param out providers that the configuration keeps out
     * @return whether the plugin's copies are in use, and are released with it
     */
    boolean open(VerifiedPlugin plugin, Candidate candidate, Collection<ProviderDeclaration> out) {
        OpenedPlugin opened;
        try {
            opened = LoadThread.call(
                    "plugin-load-" + plugin.files().id(),
                    new FilteringLoader(world),
                    loadDeadline,
                    () -> switch (plugin.identity().kind()) {
                        case MODULE_LAYER -> new PluginLayer(world).open(plugin);
                        case CLASS_PATH -> new PluginClassPath(world).open(plugin);
                        case BOOT -> throw new IllegalStateException("A built-in is not opened");
                    });
        } catch (Throwable e) {
            intake.fail(candidate, PluginDiagnosis.explain("Opening it", e), e);
            return false;
        }
        PluginLoading made = new PluginLoading(
                plugin.identity().ofGeneration(generations.next(plugin.files().path(), candidate.replaces())),
                plugin.fileNames(),
                opened.loader(),
                candidate.replaces(),
                releasing(opened.loader(), verifier, plugin.copies()));
        made.know(plugin.names());
        try {
            for (OpenedPlugin.Source source : opened.providers()) {
                if (!out.contains(source.declaration())) {
                    made.add(construct(source, opened.loader()));
                }
            }
            made.registerDrivers(loadDeadline);
            intake.add(made);
        } catch (RefusedException e) {
            intake.fail(candidate, e.refusal(), e.getCause());
            made.abandon();
        }
        return true;
    }

    private ProviderInstance construct(OpenedPlugin.Source source, ClassLoader loader) throws RefusedException {
        String className = source.declaration().className();
        try {
            AutoCloseable provider = LoadThread.call("plugin-load-" + className, loader, loadDeadline, source.create());
            return new ProviderInstance(source.declaration().kind(), provider, loader, loadDeadline);
        } catch (Throwable e) {
            throw new RefusedException(PluginDiagnosis.explain("The constructor of " + className, e), e);
        }
    }

    /** Knows nothing of this load: it stays with the plugin, and the load knows the plugins before. */
    private static Runnable releasing(ClassLoader loader, PluginVerifier verifier, List<PrivateCopies.Copy> copies) {
        return () -> {
            release(loader);
            verifier.release(copies);
        };
    }

    private static void release(ClassLoader loader) {
        if (loader instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "Closing a plugin's class path", e);
            }
        }
    }
}
