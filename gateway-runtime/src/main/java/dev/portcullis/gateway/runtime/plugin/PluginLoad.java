package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One load, from files to plugins that serve: find, examine, open, name, create. Each step is taken for all plugins before the
 * next, so that clashes are seen whole and no order of files decides anything. What serves already and did not change is kept
 * as it is, and so is what serves and cannot be replaced.
 */
final class PluginLoad {
    private final LoadBasis basis;
    private final PluginVerifier verifier;
    private final ModuleWorld world;
    private final Generations generations;
    private final FailedLoads failures;
    private final Intake intake;
    private Optional<FolderPlugins> inFolders = Optional.empty();

    PluginLoad(
            PluginEnvironment environment,
            PluginVerifier verifier,
            ModuleWorld world,
            GatewayConfig config,
            Predecessor before,
            Generations generations,
            FailedLoads failures)
            throws PluginStartException {
        this.basis = LoadBasis.of(environment, config, before);
        this.verifier = verifier;
        this.world = world;
        this.generations = generations;
        this.failures = failures;
        this.intake = new Intake(basis, failures);
    }

    PluginSet run() throws PluginStartException {
        boolean done = false;
        try {
            BuiltInPlugins.enter(basis, intake);
            enterFolderPlugins();
            setUpProviders();
            restoreMissing();
            List<LoadedPlugin> loaded = intake.loaded();
            reportMissing(loaded);
            stopIfFatal();
            done = true;
            generations.serve(loaded);
            inFolders.ifPresent(plugins -> plugins.served(loaded));
            PluginSet set = new PluginSet(loaded, intake.problems(), intake.skipped(), strays(loaded));
            // the same object says that nothing happened
            return basis.before().running().filter(set::equals).orElse(set);
        } finally {
            if (!done) {
                intake.abandon();
            }
        }
    }

    private void enterFolderPlugins() {
        if (basis.config().plugins().enabled()) {
            PluginOpener opener = new PluginOpener(
                    intake, generations, verifier, world, basis.environment().loadDeadline());
            FolderPlugins plugins = new FolderPlugins(basis, intake, failures, verifier, opener);
            inFolders = Optional.of(plugins);
            plugins.enter();
        }
    }

    private void setUpProviders() {
        ProviderSetup providers = new ProviderSetup(basis, intake);
        providers.name();
        intake.settleClashes();
        providers.create();
        intake.settleClashes();
    }

    /** Keeps what was taken away although the configuration counts on it, as a start would insist on it. */
    private void restoreMissing() {
        if (!basis.before().serving() || !basis.config().plugins().enabled()) {
            return;
        }
        for (PluginProblem missing : intake.missing(intake.loaded())) {
            basis.before().plugins().stream()
                    .filter(old -> old.identity().origin() == PluginOrigin.FOLDER
                            && FailClosed.namesOf(old).contains(missing.plugin()))
                    .findFirst()
                    .ifPresent(old -> restore(old, missing));
        }
        intake.settleClashes();
    }

    private void restore(LoadedPlugin old, PluginProblem missing) {
        Optional<PluginLoading> successor = intake.successorOf(old);
        if (successor.isPresent()) {
            intake.withdraw(
                    successor.get(),
                    new Refusal(
                            "It does not provide \"" + missing.plugin() + "\", and " + missing.where()
                                    + " counts on that.",
                            "Put the earlier file back, or change " + missing.where() + "."));
        } else if (intake.skipped().stream()
                .noneMatch(line -> line.where().equals(old.identity().where()))) {
            intake.report(PluginProblem.notRemoved(old.identity(), missing.where()));
            intake.keep(old);
        }
    }

    private void reportMissing(List<LoadedPlugin> loaded) {
        intake.missing(loaded).stream()
                .filter(missing -> !intake.explains(missing))
                .forEach(intake::report);
    }

    private void stopIfFatal() throws PluginStartException {
        if (intake.problems().stream().anyMatch(PluginProblem::fatal)) {
            throw new PluginStartException(intake.problems().stream()
                    .sorted(Comparator.comparing(PluginProblem::fatal).reversed())
                    .toList());
        }
    }

    /** What the configuration says of plugins that were not found. */
    private List<String> strays(List<LoadedPlugin> loaded) {
        if (!basis.config().plugins().enabled()) {
            return List.of();
        }
        List<String> strays = new ArrayList<>(strayEntries(loaded));
        strays.addAll(strayDenials(loaded));
        return strays;
    }

    /** Names in {@code plugins.deny} that keep nothing out. */
    private List<String> strayDenials(List<LoadedPlugin> loaded) {
        Set<String> names = loaded.stream()
                .flatMap(plugin -> FailClosed.namesOf(plugin).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        intake.skipped().forEach(skipped -> {
            names.add(skipped.plugin());
            names.addAll(skipped.names());
        });
        intake.problems().forEach(problem -> names.add(problem.plugin()));
        return basis.config().plugins().deny().stream()
                .sorted()
                .filter(name -> !names.contains(name))
                .map(name -> "plugins.deny: \"" + name + "\" is no plugin that was found, so it keeps none out. "
                        + hint(name, names))
                .toList();
    }

    private static String hint(String name, Set<String> names) {
        String question = Nearest.question(name, names);
        if (!question.isEmpty()) {
            return question;
        }
        return names.isEmpty() ? "No plugin was found." : "Found: " + String.join(", ", names) + ".";
    }

    /** Blocks of {@code plugins.entries} that mean nothing that was found. */
    private List<String> strayEntries(List<LoadedPlugin> loaded) {
        Set<String> known = loaded.stream()
                .flatMap(plugin -> FailClosed.namesOf(plugin).stream())
                .collect(Collectors.toSet());
        return basis.config().plugins().entries().entrySet().stream()
                .filter(entry -> entry.getValue().enabled().orElse(true))
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .map(name ->
                        "plugins.entries." + name + " is for a plugin that is not loaded: no loaded plugin is named \""
                                + name + "\". Check the name, or remove the block.")
                .toList();
    }
}
