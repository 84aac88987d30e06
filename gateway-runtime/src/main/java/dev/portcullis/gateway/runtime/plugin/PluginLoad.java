package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.auth.AuthSettings;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.Closeable;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One load, from files to plugins that serve: find, examine, open, name, create. Each step is taken for all plugins before the
 * next, so that clashes are seen whole and no order of files decides anything. What serves already and did not change is kept
 * as it is, and so is what serves and cannot be replaced.
 */
final class PluginLoad {
    private static final System.Logger LOG = System.getLogger(PluginLoad.class.getName());
    private static final Set<String> ALL_SERVICES = Set.of("sessions", "invoker", "config");

    private final PluginEnvironment environment;
    private final PluginVerifier verifier;
    private final ModuleWorld world;
    private final GatewayConfig config;
    private final Predecessor before;
    private final Generations generations;
    private final FailedLoads failures;
    private final PluginSelection selection;
    private final FailClosed failClosed;
    private final PluginChecks checks;

    private final List<PluginLoading> loading = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final List<SkippedPlugin> skipped = new ArrayList<>();
    private final Set<String> explained = new HashSet<>();

    PluginLoad(
            PluginEnvironment environment,
            PluginVerifier verifier,
            ModuleWorld world,
            GatewayConfig config,
            Predecessor before,
            Generations generations,
            FailedLoads failures)
            throws PluginStartException {
        this.environment = environment;
        this.verifier = verifier;
        this.world = world;
        this.config = config;
        this.before = before;
        this.generations = generations;
        this.failures = failures;
        this.selection = new PluginSelection(config.plugins(), switches(environment.switches()));
        this.checks = new PluginChecks(config.plugins().trust());
        this.failClosed = new FailClosed(config);
    }

    /** What cannot be read could keep anything out. */
    private static PluginSwitches switches(Path file) throws PluginStartException {
        try {
            return PluginSwitches.read(file);
        } catch (IOException e) {
            throw new PluginStartException(List.of(new PluginProblem(
                    file.getFileName().toString(),
                    "Which plugins are disabled is not known",
                    file.toString(),
                    "The file cannot be read: " + e + ".",
                    "Let the gateway's user read it, or delete it to enable them all.",
                    true)));
        }
    }

    PluginSet run() throws PluginStartException {
        boolean done = false;
        try {
            builtIns();
            if (config.plugins().enabled()) {
                folderPlugins();
            }
            name();
            create();
            settleClashes();
            restoreMissing();
            List<LoadedPlugin> loaded = loaded();
            addMissing(loaded);
            if (problems.stream().anyMatch(PluginProblem::fatal)) {
                throw new PluginStartException(problems.stream()
                        .sorted(Comparator.comparing(PluginProblem::fatal).reversed())
                        .toList());
            }
            done = true;
            generations.serve(loaded);
            PluginSet set = new PluginSet(loaded, problems, skipped, strayEntries(loaded));
            // the same object says that nothing happened
            return before.running().filter(set::equals).orElse(set);
        } finally {
            if (!done) {
                loading.reversed().forEach(PluginLoading::abandon);
            }
        }
    }

    private void builtIns() {
        Map<Module, PluginLoading> byModule = new LinkedHashMap<>();
        environment.policySources().forEach(provider -> builtIn(byModule, ProviderKind.POLICY, provider));
        environment.authenticators().forEach(provider -> builtIn(byModule, ProviderKind.AUTH, provider));
        environment.tools().forEach(provider -> builtIn(byModule, ProviderKind.TOOL, provider));
        for (PluginLoading builtIn : byModule.values()) {
            Optional<LoadedPlugin> running = before.builtIn(builtIn.identity().id());
            boolean stays =
                    running.isPresent() && running.get().fits(config, selection) && !before.again(running.get());
            loading.add(stays ? PluginLoading.kept(running.get()) : builtIn);
            if (stays) {
                skipped.addAll(skippedOf(running.get()));
            }
        }
    }

    private void builtIn(Map<Module, PluginLoading> byModule, ProviderKind kind, AutoCloseable provider) {
        ClassLoader own = provider.getClass().getClassLoader();
        ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
        byModule.computeIfAbsent(
                        provider.getClass().getModule(),
                        module -> new PluginLoading(
                                builtInIdentity(module), Set.of(), loader, Optional.empty(), () -> {}))
                .add(new ProviderInstance(kind, provider, loader, environment.loadDeadline()));
    }

    private static PluginIdentity builtInIdentity(Module module) {
        Optional<ModuleDescriptor> descriptor = Optional.ofNullable(module.getDescriptor());
        return new PluginIdentity(
                module.isNamed() ? module.getName() : "built-in",
                Optional.ofNullable(module.getName()),
                descriptor.flatMap(ModuleDescriptor::rawVersion),
                descriptor.stream()
                        .flatMap(d -> d.requires().stream())
                        .filter(requires -> requires.name().equals(ModuleWorld.API))
                        .findFirst()
                        .flatMap(ModuleDescriptor.Requires::rawCompiledVersion),
                PluginOrigin.BUILT_IN,
                Optional.empty(),
                Optional.empty(),
                0,
                LoadingKind.BOOT,
                List.of());
    }

    private void folderPlugins() {
        PluginScanner.Scan scan =
                PluginScanner.scan(environment.folders(), config.plugins().loadPaths());
        problems.addAll(scan.problems());
        for (PluginFiles files : scan.found()) {
            Optional<String> line = selection.keepsOut(List.of(files.baseName(), files.id()));
            if (line.isPresent()) {
                skip(files.id(), files.path().toString(), line.get());
                continue;
            }
            Optional<LoadedPlugin> running = before.at(files.path());
            if (before.waiting().contains(files.path())) {
                running.ifPresent(this::keep);
            } else if (running.isPresent() && unchanged(running.get(), files)) {
                keep(running.get());
            } else if (!failedBefore(files)) {
                VerifiedPlugin plugin = verifier.verify(files, checks);
                boolean taken = false;
                try {
                    taken = admit(plugin, running.or(() -> renamed(plugin, scan.found())));
                } finally {
                    if (!taken) {
                        verifier.release(plugin.copies());
                    }
                }
            }
        }
        keepWaiting(scan.found());
    }

    /** Refuses a plugin once more whose code is known to fail. */
    private boolean failedBefore(PluginFiles files) {
        Optional<FailedLoads.Failed> failed =
                before.retries() ? Optional.empty() : failures.find(files, config.plugins());
        failed.ifPresent(known -> problem(
                known.plugin(),
                known.refusal(),
                null,
                known.kinds(),
                known.names(),
                known.replaces().flatMap(before::at)));
        return failed.isPresent();
    }

    private void remember(
            PluginIdentity plugin,
            Refusal refusal,
            Set<ProviderKind> kinds,
            Set<String> names,
            Optional<LoadedPlugin> replaces) {
        plugin.file()
                .ifPresent(file -> failures.put(
                        file,
                        new FailedLoads.Failed(
                                plugin,
                                refusal,
                                Set.copyOf(kinds),
                                Set.copyOf(names),
                                replaces.flatMap(old -> old.identity().file()),
                                config.plugins())));
    }

    /** What was just taken away may be about to come back. */
    private void keepWaiting(List<PluginFiles> found) {
        before.waiting().stream()
                .filter(path -> found.stream().noneMatch(files -> files.path().equals(path)))
                .flatMap(path -> before.at(path).stream())
                .filter(running -> running.fits(config, selection))
                .forEach(this::keep);
    }

    private boolean unchanged(LoadedPlugin running, PluginFiles files) {
        return running.fits(config, selection)
                && !before.again(running)
                && PluginVerifier.digest(files).equals(running.identity().sha256());
    }

    /** A plugin under another file name, which stands where the old file stood: weather-1.1.jar for weather-1.0.jar. */
    private Optional<LoadedPlugin> renamed(VerifiedPlugin plugin, List<PluginFiles> found) {
        return before.plugins().stream()
                .filter(running -> running.identity().file().isPresent()
                        && found.stream()
                                .noneMatch(files -> running.identity().file().equals(Optional.of(files.path()))))
                .filter(running -> plugin.providers().stream()
                        .flatMap(provider -> provider.knownName().stream())
                        .anyMatch(running.providerNames()::contains))
                .findFirst();
    }

    private void keep(LoadedPlugin running) {
        if (loading.stream().noneMatch(plugin -> plugin.keeps(running))) {
            loading.add(PluginLoading.kept(running));
            skipped.addAll(skippedOf(running));
        }
    }

    private List<SkippedPlugin> skippedOf(LoadedPlugin running) {
        return before.skippedAt(running.identity().where()).stream()
                .filter(line -> line.plugin().equals(running.identity().id()))
                .toList();
    }

    /** Opens a plugin, unless the configuration keeps it out or its examination refused it. Runs none of its code. */
    private boolean admit(VerifiedPlugin plugin, Optional<LoadedPlugin> replaces) {
        String where = plugin.files().path().toString();
        Optional<String> line = selection.keepsOut(plugin.fileNames());
        boolean whole = selection.letsIn(plugin.fileNames());
        if (line.isEmpty() && !whole && plugin.providers().isEmpty()) {
            line = Optional.of("plugins.allow does not list it");
        }
        if (line.isPresent()) {
            skip(plugin.files().id(), where, line.get());
            return false;
        }
        Map<ProviderDeclaration, String> out = new LinkedHashMap<>();
        plugin.providers()
                .forEach(
                        provider -> selection.keepsOut(provider, whole).ifPresent(reason -> out.put(provider, reason)));
        out.values().stream().distinct().forEach(reason -> skip(plugin.files().id(), where, reason));
        if (!out.isEmpty() && out.size() == plugin.providers().size()) {
            return false;
        }
        Set<ProviderKind> kinds = plugin.providers().stream()
                .filter(provider -> !out.containsKey(provider))
                .map(ProviderDeclaration::kind)
                .collect(Collectors.toSet());
        if (plugin.refusals().isEmpty()) {
            return open(plugin, replaces, kinds, out.keySet());
        }
        plugin.refusals()
                .forEach(refusal -> problem(plugin.identity(), refusal, null, kinds, plugin.names(), replaces));
        return false;
    }

    private boolean open(
            VerifiedPlugin plugin,
            Optional<LoadedPlugin> replaces,
            Set<ProviderKind> kinds,
            Collection<ProviderDeclaration> out) {
        OpenedPlugin opened;
        try {
            opened = LoadThread.call(
                    "plugin-load-" + plugin.files().id(),
                    new FilteringLoader(world),
                    environment.loadDeadline(),
                    () -> switch (plugin.identity().kind()) {
                        case MODULE_LAYER -> new PluginLayer(world).open(plugin);
                        case CLASS_PATH -> new PluginClassPath(world).open(plugin);
                        case BOOT -> throw new IllegalStateException("A built-in is not opened");
                    });
        } catch (Throwable e) {
            Refusal why = PluginDiagnosis.explain("Opening it", e);
            remember(plugin.identity(), why, kinds, plugin.names(), replaces);
            problem(plugin.identity(), why, e, kinds, plugin.names(), replaces);
            return false;
        }
        PluginLoading made = new PluginLoading(
                plugin.identity().ofGeneration(generations.next(plugin.files().path(), replaces)),
                plugin.fileNames(),
                opened.loader(),
                replaces,
                releasing(opened.loader(), verifier, plugin.copies()));
        made.know(plugin.names());
        try {
            for (OpenedPlugin.Source source : opened.providers()) {
                if (!out.contains(source.declaration())) {
                    made.add(construct(source, opened.loader()));
                }
            }
            loading.add(made);
        } catch (RefusedException e) {
            remember(plugin.identity(), e.refusal(), kinds, plugin.names(), replaces);
            problem(plugin.identity(), e.refusal(), e.getCause(), kinds, plugin.names(), replaces);
            made.abandon();
        }
        return true;
    }

    /** Knows nothing of this load: it stays with the plugin, and the load knows the plugins before. */
    private static Runnable releasing(ClassLoader loader, PluginVerifier verifier, List<PrivateCopies.Copy> copies) {
        return () -> {
            release(loader);
            verifier.release(copies);
        };
    }

    private ProviderInstance construct(OpenedPlugin.Source source, ClassLoader loader) throws RefusedException {
        String className = source.declaration().className();
        try {
            AutoCloseable provider =
                    LoadThread.call("plugin-load-" + className, loader, environment.loadDeadline(), source.create());
            return new ProviderInstance(source.declaration().kind(), provider, loader, environment.loadDeadline());
        } catch (Throwable e) {
            throw new RefusedException(PluginDiagnosis.explain("The constructor of " + className, e), e);
        }
    }

    private void name() {
        for (PluginLoading plugin : newcomers()) {
            attempt(plugin, () -> {
                for (ProviderInstance provider : plugin.providers()) {
                    provider.askName();
                }
            });
        }
        newcomers().forEach(this::dropUnwanted);
        settleClashes();
    }

    private List<PluginLoading> newcomers() {
        return loading.stream().filter(plugin -> !plugin.kept()).toList();
    }

    /** Again and again, because what returns in the place of a refused successor may clash too. */
    private void settleClashes() {
        boolean settled = false;
        while (!settled) {
            Map<PluginLoading, Refusal> refused = Clashes.ofProviders(loading);
            if (refused.isEmpty()) {
                refused = Clashes.ofTools(loading);
            }
            refuseAll(refused);
            settled = refused.isEmpty();
        }
    }

    /** What only its name told: kept out after all, before it is asked to create anything. */
    private void dropUnwanted(PluginLoading plugin) {
        for (ProviderInstance provider : List.copyOf(plugin.providers())) {
            Optional<String> line = plugin.builtIn()
                    ? selection.switchedOff(provider.name())
                    : selection.keepsOut(List.of(provider.name()));
            if (line.isPresent()) {
                skip(plugin.identity().id(), plugin.identity().where(), line.get());
                plugin.drop(provider);
            }
        }
    }

    private void create() {
        for (PluginLoading plugin : newcomers()) {
            attempt(plugin, () -> {
                for (ProviderInstance provider : plugin.providers()) {
                    Set<String> services = plugin.builtIn() ? ALL_SERVICES : granted(provider.name());
                    plugin.grant(provider.name(), services);
                    provider.create(context(plugin, provider), plugin.identity(), services);
                }
            });
        }
    }

    private Set<String> granted(String provider) {
        PluginsConfig.Entry entry = config.plugins().entries().get(provider);
        return entry == null ? Set.of() : Set.copyOf(entry.services());
    }

    private RuntimePluginContext context(PluginLoading plugin, ProviderInstance provider) {
        String name = provider.name();
        if (plugin.builtIn() && provider.kind() == ProviderKind.AUTH) {
            Map<String, Object> settings = AuthSettings.forProviders(config).getOrDefault(name, Map.of());
            return new RuntimePluginContext(name, block("gateway.auth", settings), plugin.loader());
        }
        PluginsConfig.Entry entry = config.plugins().entries().get(name);
        ConfigBlock block = block("plugins.entries." + name + ".config", entry == null ? Map.of() : entry.config());
        return new RuntimePluginContext(name, block, plugin.loader());
    }

    private ConfigBlock block(String path, Map<String, Object> values) {
        Path folder = config.document()
                .file()
                .map(file -> file.toAbsolutePath().getParent())
                .orElseGet(() -> Path.of("").toAbsolutePath());
        return new ConfigBlock(path, values, folder);
    }

    private interface Step {
        void take() throws RefusedException;
    }

    private void attempt(PluginLoading plugin, Step step) {
        try {
            step.take();
        } catch (RefusedException e) {
            remember(plugin.identity(), e.refusal(), plugin.declared(), plugin.names(), plugin.replaces());
            refuse(plugin, e.refusal(), e.getCause());
        }
    }

    private void refuseAll(Map<PluginLoading, Refusal> refused) {
        refused.forEach((plugin, refusal) -> refuse(plugin, refusal, null));
    }

    private void refuse(PluginLoading plugin, Refusal refusal, @Nullable Throwable cause) {
        loading.remove(plugin);
        problem(plugin.identity(), refusal, cause, plugin.declared(), plugin.names(), plugin.replaces());
        plugin.abandon();
    }

    private void problem(
            PluginIdentity plugin,
            Refusal refusal,
            @Nullable Throwable cause,
            Set<ProviderKind> kinds,
            Collection<String> names,
            Optional<LoadedPlugin> replaces) {
        PluginProblem problem = replaces.map(old -> PluginProblem.notReplaced(
                        plugin.id(), plugin.where(), old.identity().generation(), refusal))
                .orElseGet(() -> weighed(plugin, refusal, kinds, names))
                .of(plugin, kinds);
        problems.add(problem);
        replaces.ifPresent(this::keep);
        if (problem.fatal()) {
            explained.addAll(names);
        }
        if (cause != null) {
            LOG.log(System.Logger.Level.DEBUG, problem.what(), cause);
        }
    }

    /** One that was added while others serve takes nothing away; what must be there is looked for in the end. */
    private PluginProblem weighed(
            PluginIdentity plugin, Refusal refusal, Set<ProviderKind> kinds, Collection<String> names) {
        boolean builtIn = plugin.origin() == PluginOrigin.BUILT_IN;
        PluginProblem problem =
                failClosed.weigh(PluginProblem.notLoaded(plugin.id(), plugin.where(), refusal), builtIn, kinds, names);
        return problem.fatal() && !builtIn && !before.strict() ? problem.whileServing() : problem;
    }

    /** Keeps what was taken away although the configuration counts on it, as a start would insist on it. */
    private void restoreMissing() {
        if (!before.serving() || !config.plugins().enabled()) {
            return;
        }
        for (PluginProblem missing : failClosed.missing(loaded(), skipped)) {
            before.plugins().stream()
                    .filter(old -> old.identity().origin() == PluginOrigin.FOLDER
                            && FailClosed.namesOf(old).contains(missing.plugin()))
                    .findFirst()
                    .ifPresent(old -> restore(old, missing));
        }
        settleClashes();
    }

    private void restore(LoadedPlugin old, PluginProblem missing) {
        Optional<PluginLoading> successor = loading.stream()
                .filter(plugin -> plugin.replaces().equals(Optional.of(old)))
                .findFirst();
        if (successor.isPresent()) {
            refuse(
                    successor.get(),
                    new Refusal(
                            "It does not provide \"" + missing.plugin() + "\", and " + missing.where()
                                    + " counts on that.",
                            "Put the earlier file back, or change " + missing.where() + "."),
                    null);
        } else if (skipped.stream()
                .noneMatch(line -> line.where().equals(old.identity().where()))) {
            problems.add(PluginProblem.notRemoved(old.identity(), missing.where()));
            keep(old);
        }
    }

    private List<LoadedPlugin> loaded() {
        return loading.stream().map(plugin -> plugin.loaded(config, selection)).toList();
    }

    private void addMissing(List<LoadedPlugin> loaded) {
        failClosed.missing(loaded, skipped).stream()
                .filter(missing -> !explained.contains(missing.plugin()))
                .forEach(problems::add);
    }

    private void skip(String plugin, String where, String reason) {
        skipped.add(new SkippedPlugin(plugin, where, reason));
    }

    /** Blocks of {@code plugins.entries} that mean nothing that was found. */
    private List<String> strayEntries(List<LoadedPlugin> loaded) {
        if (!config.plugins().enabled()) {
            return List.of();
        }
        Set<String> known = loaded.stream()
                .flatMap(plugin -> FailClosed.namesOf(plugin).stream())
                .collect(Collectors.toSet());
        return config.plugins().entries().entrySet().stream()
                .filter(entry -> entry.getValue().enabled().orElse(true))
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .map(name ->
                        "plugins.entries." + name + " is for a plugin that is not loaded: no loaded plugin is named \""
                                + name + "\". Check the name, or remove the block.")
                .toList();
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
