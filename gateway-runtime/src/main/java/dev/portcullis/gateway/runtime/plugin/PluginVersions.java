package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.FileTrust;
import dev.portcullis.gateway.runtime.config.OwnerOnly;
import dev.portcullis.gateway.runtime.config.ShellWord;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The highest version in which each signed plugin served here: a file in the state directory, one plugin a line. An earlier one,
 * whose faults are known by now, does not come back because somebody put its jar and its signature there.
 */
final class PluginVersions {
    /** Where nobody keeps any. */
    static final PluginVersions NONE = new PluginVersions(Path.of(""), Map.of(), Optional.empty());

    private final Path file;
    private final Map<String, String> lowest;
    private final Optional<Refusal> broken;

    private PluginVersions(Path file, Map<String, String> lowest, Optional<Refusal> broken) {
        this.file = file;
        this.lowest = new TreeMap<>(lowest);
        this.broken = broken;
    }

    /** Reads the file; of one that cannot be read, no version is known to be high enough. */
    static PluginVersions of(Path file) {
        Map<String, String> lowest = new TreeMap<>();
        try {
            Path checked = FileTrust.ofProcess()
                    .orOwnerOf(InstalledFiles.folderOf(file))
                    .checked(file);
            for (String line : Files.readAllLines(checked)) {
                String[] words = line.strip().split("\\s+", 2);
                if (words.length == 2 && !words[0].startsWith("#")) {
                    lowest.put(words[1], words[0]);
                }
            }
            return new PluginVersions(file, lowest, Optional.empty());
        } catch (NoSuchFileException absent) {
            return new PluginVersions(file, Map.of(), Optional.empty());
        } catch (IOException e) {
            return new PluginVersions(
                    file,
                    Map.of(),
                    Optional.of(new Refusal(
                            "Which versions served before cannot be read from " + file + ": " + e.getMessage() + ".",
                            "Let the gateway's user read it, or delete it to begin anew.")));
        }
    }

    /** Why the version of a signed plugin does not come back. */
    Optional<Refusal> refuses(PluginSignature.Statement signed, PluginFiles plugin) {
        String before = lowest.get(signed.name());
        if (broken.isPresent()
                || before == null
                || before.equals(signed.version())
                || isAtLeast(signed.version(), before)) {
            return broken;
        }
        return Optional.of(new Refusal(
                "It is signed as \"" + signed + "\", and version " + before
                        + " of it served here before: an earlier version does not come back by itself.",
                "If you want to go back, run: portcullis plugins install --replace --downgrade "
                        + ShellWord.quoted(plugin.path())));
    }

    private static boolean isAtLeast(String version, String other) {
        Optional<Version> one = parsed(version);
        Optional<Version> two = parsed(other);
        return one.isPresent() && two.isPresent() && one.get().compareTo(two.get()) >= 0;
    }

    private static Optional<Version> parsed(String text) {
        try {
            return Optional.of(Version.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Remembers what serves now. */
    void served(List<PluginSignature.Statement> all) throws IOException {
        boolean changed = false;
        for (PluginSignature.Statement signed : all) {
            String before = lowest.get(signed.name());
            if (parsed(signed.version()).isPresent() && (before == null || !isAtLeast(before, signed.version()))) {
                lowest.put(signed.name(), signed.version());
                changed = true;
            }
        }
        if (changed) {
            write();
        }
    }

    /** Lets a version in, whatever served before. */
    void allow(PluginSignature.Statement signed) throws IOException {
        lowest.put(signed.name(), signed.version());
        write();
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# The highest version of each signed plugin that served here. An earlier one comes back by",
                "# \"portcullis plugins install --replace --downgrade FILE\"."));
        lowest.forEach((name, version) -> lines.add(version + "  " + name));
        Path folder = InstalledFiles.folderOf(file);
        Path writing = Files.createTempFile(folder, ".plugins-versions", ".tmp", OwnerOnly.file(folder));
        try {
            Files.write(writing, lines);
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(writing);
        }
    }
}
