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
 * next, so that clashes are seen whole and no order of files decides anything.
 */
final class PluginLoad {
    private static final System.Logger LOG = System.getLogger(PluginLoad.class.getName());
    private static final Set<String> ALL_SERVICES = Set.of("sessions", "invoker", "config");

    private final PluginEnvironment environment;
    private final PluginVerifier verifier;
    private final ModuleWorld world;
    private final GatewayConfig config;
    private final PluginSelection selection;
    private final FailClosed failClosed;
    private final PluginChecks checks;

    private final List<PluginLoading> loading = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final List<SkippedPlugin> skipped = new ArrayList<>();
    private final Set<String> explained = new HashSet<>();

    PluginLoad(PluginEnvironment environment, PluginVerifier verifier, ModuleWorld world, GatewayConfig config)
            throws PluginStartException {
        this.environment = environment;
        this.verifier = verifier;
        this.world = world;
        this.config = config;
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
            refuseAll(Clashes.ofTools(loading));
            List<LoadedPlugin> loaded =
                    loading.stream().map(PluginLoading::loaded).toList();
            addMissing(loaded);
            if (problems.stream().anyMatch(PluginProblem::fatal)) {
                throw new PluginStartException(problems.stream()
                        .sorted(Comparator.comparing(PluginProblem::fatal).reversed())
                        .toList());
            }
            done = true;
            return new PluginSet(loaded, problems, skipped, strayEntries(loaded));
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
        loading.addAll(byModule.values());
    }

    private void builtIn(Map<Module, PluginLoading> byModule, ProviderKind kind, AutoCloseable provider) {
        ClassLoader own = provider.getClass().getClassLoader();
        ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
        byModule.computeIfAbsent(
                        provider.getClass().getModule(),
                        module -> new PluginLoading(builtInIdentity(module), Set.of(), loader, () -> {}))
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
            } else {
                admit(verifier.verify(files, checks));
            }
        }
    }

    /** Opens a plugin, unless the configuration keeps it out or its examination refused it. Runs none of its code. */
    private void admit(VerifiedPlugin plugin) {
        String where = plugin.files().path().toString();
        Optional<String> line = selection.keepsOut(plugin.fileNames());
        boolean whole = selection.letsIn(plugin.fileNames());
        if (line.isEmpty() && !whole && plugin.providers().isEmpty()) {
            line = Optional.of("plugins.allow does not list it");
        }
        if (line.isPresent()) {
            skip(plugin.files().id(), where, line.get());
            return;
        }
        Map<ProviderDeclaration, String> out = new LinkedHashMap<>();
        plugin.providers()
                .forEach(
                        provider -> selection.keepsOut(provider, whole).ifPresent(reason -> out.put(provider, reason)));
        out.values().stream().distinct().forEach(reason -> skip(plugin.files().id(), where, reason));
        if (!out.isEmpty() && out.size() == plugin.providers().size()) {
            return;
        }
        Set<ProviderKind> kinds = plugin.providers().stream()
                .filter(provider -> !out.containsKey(provider))
                .map(ProviderDeclaration::kind)
                .collect(Collectors.toSet());
        if (plugin.refusals().isEmpty()) {
            open(plugin, kinds, out.keySet());
        } else {
            plugin.refusals().forEach(refusal -> problem(plugin.identity(), refusal, null, kinds, plugin.names()));
        }
    }

    private void open(VerifiedPlugin plugin, Set<ProviderKind> kinds, Collection<ProviderDeclaration> out) {
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
            problem(plugin.identity(), why, e, kinds, plugin.names());
            return;
        }
        PluginLoading made = new PluginLoading(
                plugin.identity(), plugin.fileNames(), opened.loader(), () -> release(opened.loader()));
        try {
            for (OpenedPlugin.Source source : opened.providers()) {
                if (!out.contains(source.declaration())) {
                    made.add(construct(source, opened.loader()));
                }
            }
            loading.add(made);
        } catch (RefusedException e) {
            problem(plugin.identity(), e.refusal(), e.getCause(), kinds, plugin.names());
            made.abandon();
        }
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
        for (PluginLoading plugin : List.copyOf(loading)) {
            attempt(plugin, () -> {
                for (ProviderInstance provider : plugin.providers()) {
                    provider.askName();
                }
            });
        }
        loading.forEach(this::dropUnwanted);
        refuseAll(Clashes.ofProviders(loading));
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
        for (PluginLoading plugin : List.copyOf(loading)) {
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
            refuse(plugin, e.refusal(), e.getCause());
        }
    }

    private void refuseAll(Map<PluginLoading, Refusal> refused) {
        refused.forEach((plugin, refusal) -> refuse(plugin, refusal, null));
    }

    private void refuse(PluginLoading plugin, Refusal refusal, @Nullable Throwable cause) {
        problem(plugin.identity(), refusal, cause, plugin.declared(), plugin.names());
        loading.remove(plugin);
        plugin.abandon();
    }

    private void problem(
            PluginIdentity plugin,
            Refusal refusal,
            @Nullable Throwable cause,
            Set<ProviderKind> kinds,
            Collection<String> names) {
        PluginProblem problem = failClosed.weigh(
                PluginProblem.notLoaded(plugin.id(), plugin.where(), refusal),
                plugin.origin() == PluginOrigin.BUILT_IN,
                kinds,
                names);
        problems.add(problem);
        if (problem.fatal()) {
            explained.addAll(names);
        }
        if (cause != null) {
            LOG.log(System.Logger.Level.DEBUG, problem.what(), cause);
        }
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
