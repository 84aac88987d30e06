package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes every check that needs none of a plugin's code to run: for the commands that look before they load. */
public final class PluginExaminer {
    private final PluginTrust trust;

    public PluginExaminer(PluginTrust trust) {
        this.trust = trust;
    }

    /**
     * Examines a jar or a folder of jars.
     *
     * @throws IOException if there is no room to work in, or nothing there
     */
    public PluginExamination examine(Path plugin) throws IOException {
        Path work = Files.createTempDirectory("portcullis-verify-");
        try {
            PrivateCopies copies = PrivateCopies.in(work);
            return examine(PluginScanner.plugin(plugin), copies, Writers.OF_FILES_ALONE);
        } finally {
            InstalledFiles.delete(work);
        }
    }

    /**
     * Examines everything that would be loaded, each for itself.
     *
     * @param folders plugin folders besides {@code plugins.load.paths}; may be missing
     * @throws IOException if there is no room to work in
     */
    public List<PluginProblem> problems(List<Path> folders, PluginsConfig config, PluginSwitches switches)
            throws IOException {
        PluginSelection selection = new PluginSelection(config, switches);
        PluginScanner.Scan scan = PluginScanner.scan(folders, config.loadPaths());
        List<PluginProblem> problems = new ArrayList<>(scan.problems());
        scan.unreadable().forEach(folder -> problems.add(folder.problem(List.of())));
        for (PluginFiles files : scan.found()) {
            PluginExamination examined = examineInPlace(files);
            List<String> names = List.of(files.id(), examined.identity().id());
            if (selection.letsIn(names) && selection.keepsOut(names).isEmpty()) {
                problems.addAll(examined.problems());
            }
        }
        return problems;
    }

    /** As a gateway would that loads it from there. */
    private PluginExamination examineInPlace(PluginFiles files) throws IOException {
        Path work = Files.createTempDirectory("portcullis-verify-");
        try {
            return examine(files, PrivateCopies.in(work), Writers.OF_PLACES);
        } finally {
            InstalledFiles.delete(work);
        }
    }

    private PluginExamination examine(PluginFiles files, PrivateCopies copies, Writers writers) throws IOException {
        PluginVerifier verifier =
                new PluginVerifier(copies, writers, JarLimits.DEFAULT, PluginEnvironment.runningApiVersion());
        VerifiedPlugin verified = verifier.verify(files, new PluginChecks(applicable(files)));
        List<Refusal> refusals = new ArrayList<>(verified.refusals());
        Map<String, Set<String>> modules = verified.code().examined() ? modules(verified, refusals) : Map.of();
        CapabilityStatement statement = verified.code().statement();
        return new PluginExamination(
                verified.identity(),
                verified.providers().stream()
                        .map(one ->
                                new PluginExamination.Provider(one.kind().words(), one.className(), one.knownName()))
                        .toList(),
                modules,
                verified.code().examined(),
                statement.present()
                        ? Optional.of(statement.stated().stream()
                                .map(Capability::word)
                                .collect(Collectors.toCollection(TreeSet::new)))
                        : Optional.empty(),
                new TreeMap<>(verified.code().uses().entrySet().stream()
                        .collect(Collectors.toMap(use -> use.getKey().word(), Map.Entry::getValue))),
                statement.problems(),
                refusals.stream()
                        .map(refusal ->
                                PluginProblem.notLoaded(files.id(), files.path().toString(), refusal))
                        .toList());
    }

    /** A lock is about the folder it lies in; what is somewhere else is yet to be installed. */
    private PluginTrust applicable(PluginFiles files) {
        boolean lock = Files.exists(files.path().resolveSibling(PluginLock.FILE));
        return trust.verify() == PluginTrust.Verify.LOCKED && !lock ? with(PluginTrust.Verify.OFF) : trust;
    }

    private PluginTrust with(PluginTrust.Verify verify) {
        return new PluginTrust(verify, trust.capabilities(), trust.trustedKeys(), trust.loadTimeout());
    }

    /** Without lock files: what is to be installed is in none. */
    PluginExaminer unlocked() {
        return trust.verify() == PluginTrust.Verify.SIGNED ? this : new PluginExaminer(with(PluginTrust.Verify.OFF));
    }

    private static Map<String, Set<String>> modules(VerifiedPlugin verified, List<Refusal> refusals) {
        if (verified.identity().kind() != LoadingKind.MODULE_LAYER) {
            return Map.of();
        }
        try {
            ModuleLayer parent = PluginEnvironment.runningLayer();
            return reads(new PluginLayer(new ModuleWorld(parent)).resolve(verified));
        } catch (RefusedException | RuntimeException e) {
            refusals.add(PluginDiagnosis.explain("Resolving its modules", e));
            return Map.of();
        }
    }

    static Map<String, Set<String>> reads(Configuration configuration) {
        Map<String, Set<String>> modules = new TreeMap<>();
        configuration
                .modules()
                .forEach(module -> modules.put(
                        module.name(),
                        module.reads().stream()
                                .map(ResolvedModule::name)
                                .collect(Collectors.toCollection(TreeSet::new))));
        return modules;
    }
}
