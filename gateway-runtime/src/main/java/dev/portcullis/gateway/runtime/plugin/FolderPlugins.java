package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plugins that lie in the folders: which of them stay as they are, and which are examined and opened. */
final class FolderPlugins {
    private static final System.Logger LOG = System.getLogger(FolderPlugins.class.getName());

    private final LoadBasis basis;
    private final Intake intake;
    private final FailedLoads failures;
    private final PluginVerifier verifier;
    private final PluginVersions versions;
    private final PluginChecks checks;
    private final Map<PluginIdentity, PluginSignature.Statement> signed = new HashMap<>();
    private final PluginOpener opener;
    private final PluginScanner.Scan scan;

    FolderPlugins(LoadBasis basis, Intake intake, FailedLoads failures, PluginVerifier verifier, PluginOpener opener) {
        this.basis = basis;
        this.intake = intake;
        this.failures = failures;
        this.verifier = verifier;
        this.versions = PluginVersions.of(basis.environment().versions());
        this.checks = new PluginChecks(basis.config().plugins().trust(), versions);
        this.opener = opener;
        this.scan = PluginScanner.scan(
                basis.environment().folders(), basis.config().plugins().loadPaths());
    }

    void enter() {
        scan.problems().forEach(intake::report);
        scan.found().forEach(this::enterOrName);
        keepWaiting();
        keepHidden();
    }

    /** What no check foresaw of one plugin takes nothing away from the others. */
    private void enterOrName(PluginFiles files) {
        try {
            enter(files);
        } catch (RuntimeException unforeseen) {
            LOG.log(System.Logger.Level.DEBUG, "Looking at " + files.path(), unforeseen);
            intake.report(PluginProblem.notLoaded(
                    files.id(),
                    files.path().toString(),
                    new Refusal(
                            "Looking at it failed: " + PluginDiagnosis.words(unforeseen) + ".",
                            "Take it away to have the gateway as it is without it, and report this.")));
            basis.before().at(files.path()).ifPresent(intake::keep);
        }
    }

    private void enter(PluginFiles files) {
        List<String> names = List.of(files.baseName(), files.id());
        Optional<String> line = basis.selection().keepsOut(names);
        if (line.isPresent()) {
            intake.skip(files.id(), files.path().toString(), line.get(), names);
            return;
        }
        Optional<LoadedPlugin> running = basis.before().at(files.path());
        if (basis.before().waiting().contains(files.path())) {
            running.ifPresent(intake::keep);
        } else if (running.isPresent() && unchanged(running.get(), files)) {
            intake.keep(running.get());
        } else if (!failedBefore(files)) {
            examine(files, running);
        }
    }

    private boolean unchanged(LoadedPlugin running, PluginFiles files) {
        return basis.leavesAlone(running)
                && PluginVerifier.digest(files).equals(running.identity().sha256());
    }

    /** Refuses a plugin once more whose code is known to fail. */
    private boolean failedBefore(PluginFiles files) {
        Optional<FailedLoads.Failed> failed = basis.before().retries()
                ? Optional.empty()
                : failures.find(files, basis.config().plugins());
        failed.ifPresent(known -> intake.refuse(
                new Candidate(
                        known.plugin(),
                        known.kinds(),
                        known.names(),
                        known.replaces().flatMap(basis.before()::at)),
                known.refusal()));
        return failed.isPresent();
    }

    private void examine(PluginFiles files, Optional<LoadedPlugin> running) {
        VerifiedPlugin plugin = verifier.verify(files, checks);
        boolean taken = false;
        try {
            taken = admit(plugin, running.or(() -> renamed(plugin)).filter(old -> !distrusted(old, plugin)));
        } finally {
            if (!taken) {
                verifier.release(plugin.copies());
            }
        }
    }

    /** What serves is the very file that is refused now, since the operator asks for more than when it was loaded. */
    private boolean distrusted(LoadedPlugin running, VerifiedPlugin plugin) {
        return !plugin.refusals().isEmpty()
                && !running.loadedUnder(basis.config().plugins().trust())
                && running.identity().sha256().equals(plugin.identity().sha256());
    }

    /** A plugin under another file name, which stands where the old file stood: weather-1.1.jar for weather-1.0.jar. */
    private Optional<LoadedPlugin> renamed(VerifiedPlugin plugin) {
        return basis.before().plugins().stream()
                .filter(running -> running.identity().file().isPresent()
                        && scan.found().stream()
                                .noneMatch(files -> running.identity().file().equals(Optional.of(files.path()))))
                .filter(running -> plugin.providers().stream()
                        .flatMap(provider -> provider.knownName().stream())
                        .anyMatch(running.providerNames()::contains))
                .findFirst();
    }

    /** Opens a plugin, unless the configuration keeps it out or its examination refused it. */
    private boolean admit(VerifiedPlugin plugin, Optional<LoadedPlugin> replaces) {
        PluginSelection selection = basis.selection();
        Optional<String> line = selection.keepsOut(plugin.fileNames());
        boolean whole = selection.letsIn(plugin.fileNames());
        if (line.isEmpty() && !whole && plugin.providers().isEmpty()) {
            line = Optional.of("plugins.allow does not list it");
        }
        if (line.isPresent()) {
            skip(plugin, line.get(), plugin.names());
            return false;
        }
        Map<ProviderDeclaration, String> out = new LinkedHashMap<>();
        plugin.providers()
                .forEach(
                        provider -> selection.keepsOut(provider, whole).ifPresent(reason -> out.put(provider, reason)));
        out.values().stream().distinct().forEach(reason -> skip(plugin, reason, namesOf(plugin, out, reason)));
        if (!out.isEmpty() && out.size() == plugin.providers().size()) {
            return false;
        }
        Set<ProviderKind> kinds = plugin.providers().stream()
                .filter(provider -> !out.containsKey(provider))
                .map(ProviderDeclaration::kind)
                .collect(Collectors.toSet());
        Candidate candidate = new Candidate(plugin.identity(), kinds, plugin.names(), replaces);
        if (plugin.refusals().isEmpty()) {
            plugin.signed().ifPresent(statement -> signed.put(plugin.identity(), statement));
            return opener.open(plugin, candidate, out.keySet());
        }
        plugin.refusals().forEach(refusal -> intake.refuse(candidate, refusal));
        return false;
    }

    /** Notes the versions of what serves now: only what came so far keeps an earlier one out. */
    void served(List<LoadedPlugin> loaded) {
        List<PluginSignature.Statement> serving = signed.entrySet().stream()
                .filter(entry -> loaded.stream()
                        .map(LoadedPlugin::identity)
                        .anyMatch(identity -> identity.file()
                                        .equals(entry.getKey().file())
                                && identity.sha256().equals(entry.getKey().sha256())))
                .map(Map.Entry::getValue)
                .toList();
        try {
            versions.served(serving);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The versions of signed plugins cannot be noted in "
                            + basis.environment().versions() + " ("
                            + e.getClass().getSimpleName()
                            + "): an earlier one would be let in. Let the gateway's user write the state directory.");
        }
    }

    private void skip(VerifiedPlugin plugin, String reason, Set<String> names) {
        intake.skip(plugin.files().id(), plugin.files().path().toString(), reason, names);
    }

    /** Of the plugin, and of its providers that this reason keeps out. */
    private static Set<String> namesOf(VerifiedPlugin plugin, Map<ProviderDeclaration, String> out, String reason) {
        Set<String> names = plugin.fileNames();
        out.forEach((provider, why) -> {
            if (why.equals(reason)) {
                provider.knownName().ifPresent(names::add);
            }
        });
        return names;
    }

    /** What was just taken away may be about to come back. */
    private void keepWaiting() {
        basis.before().waiting().stream()
                .filter(path ->
                        scan.found().stream().noneMatch(files -> files.path().equals(path)))
                .flatMap(path -> basis.before().at(path).stream())
                .filter(running -> running.fits(basis.config(), basis.selection()))
                .forEach(intake::keep);
    }

    /** A folder that cannot be read was not emptied: its rules would be gone, and its tools. */
    private void keepHidden() {
        for (PluginScanner.Unreadable folder : scan.unreadable()) {
            List<LoadedPlugin> hidden = basis.before().plugins().stream()
                    .filter(running ->
                            running.identity().file().filter(folder::hides).isPresent())
                    .filter(running -> running.fits(basis.config(), basis.selection()))
                    .toList();
            hidden.forEach(intake::keep);
            intake.report(folder.problem(
                    hidden.stream().map(running -> running.identity().id()).toList()));
        }
    }
}
