package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginTrust.Capabilities;
import dev.portcullis.gateway.runtime.config.ShellWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What the configuration asks of a plugin's files beyond being in order: who vouches for them, what their code reaches for. */
final class PluginChecks {
    private static final int EXAMPLES = 5;

    private final PluginTrust trust;
    private final PluginVersions versions;

    PluginChecks(PluginTrust trust) {
        this(trust, PluginVersions.NONE);
    }

    /** @param versions that served before */
    PluginChecks(PluginTrust trust, PluginVersions versions) {
        this.trust = trust;
        this.versions = versions;
    }

    /**
     * Adds why nobody vouches for these bytes, as a refusal or a warning.
     *
     * @return what a key says of them, if signatures count
     */
    Optional<PluginSignature.Statement> vouched(
            PluginFiles files,
            Optional<String> sha256,
            Writers writers,
            List<Refusal> refusals,
            List<String> warnings) {
        if (sha256.isEmpty()) {
            return Optional.empty(); // it could not be read, and is refused for that
        }
        switch (trust.verify()) {
            case OFF -> {}
            case WARN ->
                locked(files, sha256.get(), writers, false)
                        .ifPresent(refusal -> warnings.add(refusal.why() + " " + refusal.remedy()));
            case LOCKED -> locked(files, sha256.get(), writers, true).ifPresent(refusals::add);
            case SIGNED -> {
                try {
                    PluginSignature.Statement signed = PluginSignature.read(files, sha256.get(), trust.trustedKeys());
                    versions.refuses(signed, files).ifPresent(refusals::add);
                    return Optional.of(signed);
                } catch (RefusedException refused) {
                    refusals.add(refused.refusal());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> locked(PluginFiles files, String sha256, Writers writers, boolean required) {
        Path folder = InstalledFiles.folderOf(files.path());
        String install = "If you trust it, install it: portcullis plugins install " + ShellWord.quoted(files.path());
        Optional<Refusal> writable = writers.refuses(folder.resolve(PluginLock.FILE));
        if (writable.isPresent()) {
            return writable;
        }
        PluginLock lock;
        try {
            lock = PluginLock.in(folder);
        } catch (IOException e) {
            return Optional.of(new Refusal(
                    "The lock file cannot be used: " + e.getMessage() + ".",
                    "Correct or remove " + folder.resolve(PluginLock.FILE) + ", and install its plugins again."));
        }
        if (!lock.isThere()) {
            return required
                    ? Optional.of(
                            new Refusal("plugins.verify is \"locked\", and there is no " + lock.file() + ".", install))
                    : Optional.empty();
        }
        Optional<PluginLock.Entry> entry = lock.entry(files.id());
        if (entry.isEmpty()) {
            return Optional.of(new Refusal(files.id() + " is not in " + lock.file() + ".", install));
        }
        return entry.get().sha256().equals(sha256)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        files.id() + " is not what was installed: its SHA-256 is " + sha256 + ", and " + lock.file()
                                + " has " + entry.get().sha256() + ".",
                        "Find out who changed it. " + install));
    }

    /**
     * Looks at the code, and guards it.
     *
     * @return the jars to load it from
     */
    Code code(List<JarContents> jars, List<Refusal> refusals, List<String> warnings) {
        List<Path> copies = jars.stream().map(jar -> jar.copy().file()).toList();
        try {
            CodeScan scan = CodeScan.of(jars);
            CapabilityStatement statement = CapabilityStatement.of(jars);
            missing(scan.missing()).ifPresent(refusals::add);
            unmet(scan.unmet()).ifPresent(refusals::add);
            if (trust.capabilities() != Capabilities.OFF) {
                undeclared(scan, statement, refusals, warnings);
            }
            return new Code(guarded(jars, scan.exits(), warnings), scan.uses(), statement, true);
        } catch (IOException e) {
            refusals.add(new Refusal(
                    "Its code cannot be examined: " + e.getMessage() + ".",
                    "Check that the state directory has room and can be written."));
            return Code.unseen(copies);
        }
    }

    /** Code that names what the API does not have would fail when it gets there, in the middle of a call. */
    private static Optional<Refusal> missing(SortedSet<String> missing) {
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "Its code needs what the API of this gateway" + version() + " does not have: " + some(missing) + ".",
                OTHER_API));
    }

    private static final String OTHER_API = "It was compiled against another version of gateway-api: update the"
            + " gateway, or get the release of the plugin that is for this API.";

    private static Optional<Refusal> unmet(SortedSet<String> unmet) {
        return unmet.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "Its code leaves out what the API of this gateway" + version() + " asks for: " + some(unmet)
                                + ".",
                        OTHER_API));
    }

    private static String version() {
        String version = PluginEnvironment.runningApiVersion();
        return version.isEmpty() ? "" : " (" + version + ")";
    }

    private static String some(SortedSet<String> all) {
        return all.stream().limit(EXAMPLES).collect(Collectors.joining("; "))
                + (all.size() > EXAMPLES ? "; and " + (all.size() - EXAMPLES) + " more" : "");
    }

    /**
     * What was found in the code.
     *
     * @param jars private copies, guarded where they would end the process
     * @param examined false if the files are in no state to be looked into
     */
    record Code(List<Path> jars, Map<Capability, String> uses, CapabilityStatement statement, boolean examined) {
        static Code unseen(List<Path> jars) {
            return new Code(jars, Map.of(), CapabilityStatement.NONE, false);
        }

        Code {
            jars = List.copyOf(jars);
        }
    }

    private void undeclared(
            CodeScan scan, CapabilityStatement statement, List<Refusal> refusals, List<String> warnings) {
        boolean enforced = trust.capabilities() == Capabilities.ENFORCE;
        List<String> found = new ArrayList<>(statement.problems());
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        missing.addAll(scan.uses().keySet());
        missing.removeAll(statement.stated());
        if (!missing.isEmpty()) {
            List<String> examples = missing.stream()
                    .map(one -> one.word() + " (" + scan.uses().get(one) + ")")
                    .toList();
            found.add((statement.present()
                            ? "Its capability statement leaves out what its code uses: "
                            : "It has no capability statement, and its code uses: ")
                    + String.join("; ", examples) + ".");
        }
        String remedy = "State it in " + CapabilityStatement.ENTRY + " of the plugin, if it is meant.";
        for (String what : found) {
            if (enforced) {
                refusals.add(new Refusal(
                        what, remedy + " Or use plugins.capabilities = \"warn\", if you have read what it does."));
            } else {
                warnings.add(what + " " + remedy);
            }
        }
    }

    private static List<Path> guarded(List<JarContents> contents, Map<Path, Set<String>> exits, List<String> warnings)
            throws IOException {
        List<Path> jars = new ArrayList<>();
        ExitGuard guard =
                new ExitGuard(contents.stream().map(jar -> jar.copy().file()).toList());
        for (JarContents jar : contents) {
            Path copy = jar.copy().file();
            Set<String> entries = exits.getOrDefault(copy, Set.of());
            if (entries.isEmpty() && !jar.namesOthers()) {
                jars.add(copy);
                continue;
            }
            try {
                jars.add(guard.guard(copy, entries));
            } catch (IllegalArgumentException e) {
                jars.add(jar.namesOthers() ? guard.guard(copy, Set.of()) : copy);
                warnings.add("It can end the gateway: calls of exit or halt in " + String.join(", ", entries)
                        + " could not be guarded. Tell its author.");
            }
        }
        return jars;
    }
}
