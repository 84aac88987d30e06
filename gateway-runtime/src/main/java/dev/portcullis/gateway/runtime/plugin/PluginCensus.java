package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The plugins that lie in folders, and who vouches for each: for audits. Reads files, and runs nothing of them. */
public final class PluginCensus {
    /** What the lock file beside a plugin says of it. */
    public enum Lock {
        /** There is none. */
        ABSENT,
        /** It cannot be read, or not be understood. */
        UNUSABLE,
        /** It does not name the plugin. */
        UNLISTED,
        /** It names other content. */
        CHANGED,
        AS_INSTALLED
    }

    /** What its signature is worth. */
    public enum Signature {
        ABSENT,
        /** By no trusted key, or for other content. */
        WORTHLESS,
        BY_TRUSTED_KEY
    }

    /**
     * A plugin's files.
     *
     * @param id file name of the jar or folder
     */
    public record Plugin(String id, Path path, Lock lock, Signature signature) {}

    private final PluginTrust trust;
    private final List<PluginFiles> found;

    /**
     * @param places plugin folders, and jars; what is not there holds nothing
     * @param trust whose signatures count
     */
    public PluginCensus(List<Path> places, PluginTrust trust) {
        this.trust = trust;
        this.found = PluginScanner.scan(List.of(), places).found();
    }

    /** File names. */
    public List<String> ids() {
        return found.stream().map(PluginFiles::id).toList();
    }

    public List<Path> paths() {
        return found.stream().map(PluginFiles::path).toList();
    }

    /** All whose content decides what runs: plugins, the jars in them, and the lock files beside them. */
    public List<Path> files() {
        return found.stream()
                .flatMap(plugin -> Stream.of(
                                Stream.of(plugin.path()),
                                plugin.jars().stream(),
                                Stream.of(InstalledFiles.folderOf(plugin.path()).resolve(PluginLock.FILE)))
                        .flatMap(files -> files))
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    /** Digests every jar. One that cannot be read is as if it had been changed. */
    public List<Plugin> plugins() {
        return found.stream().map(this::plugin).toList();
    }

    /** By what the configuration and the commands may mean the plugins; what only running one would tell is left out. */
    public NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        for (PluginFiles files : found) {
            names.add(files.id());
            names.add(files.baseName());
            try {
                PluginExamination examination = examine(files.path());
                examination.identity().moduleName().ifPresent(names::add);
                examination.providers().forEach(one -> one.name().ifPresent(names::add));
            } catch (IOException unreadable) {
                // its files have names all the same
            }
        }
        return names;
    }

    private Plugin plugin(PluginFiles files) {
        Optional<String> sha256 = PluginVerifier.digest(files);
        return new Plugin(files.id(), files.path(), lock(files, sha256), signature(files, sha256));
    }

    private static Lock lock(PluginFiles files, Optional<String> sha256) {
        try {
            PluginLock lock = PluginLock.in(InstalledFiles.folderOf(files.path()));
            if (!lock.isThere()) {
                return Lock.ABSENT;
            }
            Optional<String> installed = lock.entry(files.id()).map(PluginLock.Entry::sha256);
            if (installed.isEmpty()) {
                return Lock.UNLISTED;
            }
            return installed.equals(sha256) ? Lock.AS_INSTALLED : Lock.CHANGED;
        } catch (IOException unusable) {
            return Lock.UNUSABLE;
        }
    }

    private Signature signature(PluginFiles files, Optional<String> sha256) {
        if (!Files.isRegularFile(PluginSignature.file(files))) {
            return Signature.ABSENT;
        }
        if (sha256.isEmpty()) {
            return Signature.WORTHLESS;
        }
        try {
            PluginSignature.read(files, sha256.get(), trust.trustedKeys());
            return Signature.BY_TRUSTED_KEY;
        } catch (RefusedException worthless) {
            return Signature.WORTHLESS;
        }
    }

    /**
     * Makes every check that needs none of its code to run, whatever the configuration asks for; who vouches for it is
     * left out.
     *
     * @param plugin one of {@link #paths()}
     * @throws IOException if it cannot be read
     */
    public static PluginExamination examine(Path plugin) throws IOException {
        return new PluginExaminer(new PluginTrust(
                        PluginTrust.Verify.OFF,
                        PluginTrust.Capabilities.WARN,
                        List.of(),
                        PluginTrust.DEFAULT.loadTimeout()))
                .examine(plugin);
    }
}
