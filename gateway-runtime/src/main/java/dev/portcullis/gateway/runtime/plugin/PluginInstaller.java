package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts plugins into a plugin folder and takes them out, so that a gateway that looks at any moment sees the old one or the new
 * one, and the lock file knows either. For the commands.
 */
public final class PluginInstaller {
    private final Path folder;
    private final PluginExaminer examiner;

    public PluginInstaller(Path folder, PluginTrust trust) {
        this.folder = folder;
        this.examiner = new PluginExaminer(trust).unlocked();
    }

    /**
     * What was done.
     *
     * @param target where it is now
     * @param removed files and folders that it replaces under another name
     */
    public record Installed(PluginExamination examination, Path target, List<Path> removed) {}

    /**
     * Examines a plugin, and copies it if it would load; one that lies in the folder already stays where it is, and is locked
     * as it is now.
     *
     * @param replace whether it may take the place of the same plugin
     */
    public Installed install(Path source, boolean replace) throws IOException, PluginFileException {
        Files.createDirectories(folder);
        PluginFiles files = PluginScanner.plugin(source);
        Path staging = Files.createTempDirectory(folder, ".installing-");
        try {
            Path target = folder.resolve(files.id());
            boolean inPlace = Files.exists(target) && Files.isSameFile(files.path(), target);
            Path staged = inPlace ? files.path() : stage(files, staging);
            PluginExamination examination = examiner.examine(staged);
            if (!examination.problems().isEmpty()) {
                throw new PluginFileException(
                        "Nothing was installed: " + source + " would not be loaded.",
                        examination.problems().stream()
                                .map(problem -> problem.why() + " " + problem.remedy())
                                .toList());
            }
            List<Path> same = same(examination, target);
            boolean taken = !inPlace && Files.exists(target);
            if (!replace && (taken || !same.isEmpty())) {
                throw new PluginFileException("Nothing was installed: "
                        + (taken ? target : same.getFirst())
                        + " is the same plugin. Add --replace to put the new one in its place.");
            }
            String sha256 = examination.identity().sha256().orElseThrow();
            PluginLock lock = PluginLock.in(folder);
            lock.put(files.id(), sha256, examination.identity().version());
            same.forEach(old -> lock.remove(String.valueOf(old.getFileName())));
            lock.write();
            for (Path old : same) {
                take(old, staging);
            }
            if (!inPlace) {
                put(staged, target, staging);
            }
            return new Installed(examination, target, same);
        } finally {
            InstalledFiles.delete(staging);
        }
    }

    /** A copy that is ours, whoever owns the original; examined and moved as it is. */
    private static Path stage(PluginFiles files, Path staging) throws IOException {
        Path staged = staging.resolve(files.id());
        if (Files.isDirectory(files.path())) {
            Files.createDirectory(staged);
            InstalledFiles.readableByAll(staged);
            for (Path jar : files.jars()) {
                copy(jar, staged.resolve(jar.getFileName()));
            }
            copyIfThere(PluginSignature.file(files), staged.resolve("plugin.sig"));
        } else {
            copy(files.path(), staged);
            copyIfThere(PluginSignature.file(files), staging.resolve(files.id() + ".sig"));
        }
        return staged;
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            copy(from, to);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        InstalledFiles.readableByAll(to);
    }

    /** Plugins of the folder, under another file name, that are the same module or have a provider of the same name. */
    private List<Path> same(PluginExamination examination, Path target) throws IOException {
        Set<String> names = names(examination);
        List<Path> same = new ArrayList<>();
        PluginExaminer quick = new PluginExaminer(new PluginTrust(
                PluginTrust.Verify.OFF, PluginTrust.Capabilities.OFF, List.of(), PluginTrust.DEFAULT.loadTimeout()));
        for (PluginFiles other : PluginScanner.scan(List.of(folder), List.of()).found()) {
            if (!other.path().equals(target)
                    && names(quick.examine(other.path())).stream().anyMatch(names::contains)) {
                same.add(other.path());
            }
        }
        return same;
    }

    private static Set<String> names(PluginExamination examination) {
        Set<String> names = new HashSet<>();
        examination.identity().moduleName().ifPresent(module -> names.add("module " + module));
        examination.providers().stream()
                .map(PluginExamination.Provider::name)
                .flatMap(Optional::stream)
                .forEach(names::add);
        return names;
    }

    private static void put(Path staged, Path target, Path staging) throws IOException {
        Path signature = staged.resolveSibling(staged.getFileName() + ".sig");
        if (Files.exists(signature)) {
            Files.move(
                    signature,
                    target.resolveSibling(target.getFileName() + ".sig"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.isDirectory(target) || Files.isDirectory(staged)) {
            if (Files.exists(target)) {
                take(target, staging); // a folder cannot be replaced in one step
            }
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Out of sight at once, to be deleted with the folder it goes to. */
    private static void take(Path plugin, Path into) throws IOException {
        Path old = Files.createTempDirectory(into, "old-");
        Files.move(plugin, old.resolve(plugin.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        Path signature = plugin.resolveSibling(plugin.getFileName() + ".sig");
        if (Files.exists(signature)) {
            Files.move(signature, old.resolve(signature.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Removes a plugin.
     *
     * @param name file or folder name, with or without {@code .jar}
     */
    public Path remove(String name) throws IOException, PluginFileException {
        List<PluginFiles> installed =
                PluginScanner.scan(List.of(folder), List.of()).found();
        PluginFiles plugin = installed.stream()
                .filter(one -> one.id().equals(name) || one.baseName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new PluginFileException("There is no plugin \"" + name + "\" in " + folder + "; there "
                                + (installed.isEmpty()
                                        ? "is none at all."
                                        : "are: "
                                                + String.join(
                                                        ", ",
                                                        installed.stream()
                                                                .map(PluginFiles::id)
                                                                .toList())
                                                + ".")));
        Path staging = Files.createTempDirectory(folder, ".removing-");
        try {
            take(plugin.path(), staging);
            PluginLock lock = PluginLock.in(folder);
            if (lock.remove(plugin.id())) {
                lock.write();
            }
            return plugin.path();
        } finally {
            InstalledFiles.delete(staging);
        }
    }
}
