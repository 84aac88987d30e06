package dev.portcullis.gateway.runtime.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has become of the plugins of one load so far: they come, stay as they are, are kept out, or are in quarantine. */
final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    private final LoadBasis basis;
    private final FailedLoads failures;
    private final FailClosed failClosed;

    private final List<PluginLoading> loading = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final List<SkippedPlugin> skipped = new ArrayList<>();
    private final Set<String> explained = new HashSet<>();

    Intake(LoadBasis basis, FailedLoads failures) {
        this.basis = basis;
        this.failures = failures;
        this.failClosed = new FailClosed(basis.config());
    }

    void add(PluginLoading plugin) {
        loading.add(plugin);
    }

    /** Lets one that serves go on as it is. */
    void keep(LoadedPlugin running) {
        if (loading.stream().noneMatch(plugin -> plugin.keeps(running))) {
            loading.add(PluginLoading.kept(running));
            basis.before().skippedAt(running.identity().where()).stream()
                    .filter(line -> line.plugin().equals(running.identity().id()))
                    .forEach(skipped::add);
        }
    }

    /** @param names by which it may be meant */
    void skip(String plugin, String where, String reason, Collection<String> names) {
        skipped.add(new SkippedPlugin(plugin, where, reason, Set.copyOf(names)));
    }

    void report(PluginProblem problem) {
        problems.add(problem);
    }

    /** Puts a plugin into quarantine; what it would replace goes on. */
    void refuse(Candidate candidate, Refusal refusal) {
        refuse(candidate, refusal, null);
    }

    private void refuse(Candidate candidate, Refusal refusal, @Nullable Throwable cause) {
        PluginIdentity plugin = candidate.identity();
        PluginProblem problem = candidate
                .replaces()
                .map(old -> PluginProblem.notReplaced(
                        plugin.id(), plugin.where(), old.identity().generation(), refusal))
                .orElseGet(() -> weighed(candidate, refusal))
                .of(plugin, candidate.kinds(), candidate.names());
        problems.add(problem);
        candidate.replaces().ifPresent(this::keep);
        if (problem.fatal()) {
            explained.addAll(candidate.names());
        }
        if (cause != null) {
            LOG.log(System.Logger.Level.DEBUG, problem.what(), cause);
        }
    }

    /** One that was added while others serve takes nothing away; what must be there is looked for in the end. */
    private PluginProblem weighed(Candidate candidate, Refusal refusal) {
        PluginIdentity plugin = candidate.identity();
        boolean builtIn = plugin.origin() == PluginOrigin.BUILT_IN;
        PluginProblem problem = failClosed.weigh(
                PluginProblem.notLoaded(plugin.id(), plugin.where(), refusal),
                builtIn,
                candidate.kinds(),
                candidate.names());
        return problem.fatal() && !builtIn && !basis.before().strict() ? problem.whileServing() : problem;
    }

    /** Puts a plugin into quarantine whose own code failed: it would fail again. */
    void fail(Candidate candidate, Refusal refusal, @Nullable Throwable cause) {
        failures.remember(candidate, refusal, basis.config().plugins());
        refuse(candidate, refusal, cause);
    }

    void fail(PluginLoading plugin, RefusedException e) {
        loading.remove(plugin);
        fail(plugin.candidate(), e.refusal(), e.getCause());
        plugin.abandon();
    }

    /** Puts one into quarantine that had come so far. */
    void withdraw(PluginLoading plugin, Refusal refusal) {
        loading.remove(plugin);
        refuse(plugin.candidate(), refusal);
        plugin.abandon();
    }

    /** Again and again, because what returns in the place of a refused successor may clash too. */
    void settleClashes() {
        boolean settled = false;
        while (!settled) {
            Map<PluginLoading, Refusal> refused = Clashes.ofProviders(loading);
            if (refused.isEmpty()) {
                refused = Clashes.ofTools(loading);
            }
            refused.forEach(this::withdraw);
            settled = refused.isEmpty();
        }
    }

    /** Those that do not serve yet. */
    List<PluginLoading> newcomers() {
        return loading.stream().filter(plugin -> !plugin.kept()).toList();
    }

    Optional<PluginLoading> successorOf(LoadedPlugin old) {
        return loading.stream()
                .filter(plugin -> plugin.replaces().equals(Optional.of(old)))
                .findFirst();
    }

    List<LoadedPlugin> loaded() {
        return loading.stream()
                .map(plugin -> plugin.loaded(basis.config(), basis.selection()))
                .toList();
    }

    /** What the configuration counts on and none of these provides. */
    List<PluginProblem> missing(List<LoadedPlugin> loaded) {
        return failClosed.missing(loaded, skipped);
    }

    /** Whether a problem says already why a name is missing. */
    boolean explains(PluginProblem missing) {
        return explained.contains(missing.plugin());
    }

    List<PluginProblem> problems() {
        return problems;
    }

    List<SkippedPlugin> skipped() {
        return skipped;
    }

    /** Closes what was made for nothing. */
    void abandon() {
        loading.reversed().forEach(PluginLoading::abandon);
    }
}
