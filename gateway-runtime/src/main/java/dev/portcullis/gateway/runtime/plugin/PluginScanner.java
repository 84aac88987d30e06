package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds plugins in folders: every jar is one, and every sub-folder with jars. Opens nothing. */
final class PluginScanner {
    private static final System.Logger LOG = System.getLogger(PluginScanner.class.getName());

    private final List<PluginFiles> found = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final Set<Unreadable> unreadable = new LinkedHashSet<>();
    private final Set<Path> seen = new HashSet<>();

    private PluginScanner() {}

    /**
     * @param problems of what was named and is no plugin
     * @param unreadable folders of which nobody can say what is in them
     */
    record Scan(List<PluginFiles> found, List<PluginProblem> problems, List<Unreadable> unreadable) {}

    /** @param why a sentence */
    record Unreadable(Path folder, String why) {
        /** Whether the plugin may be there, and cannot be seen. */
        boolean hides(Path plugin) {
            return folder.equals(plugin) || folder.equals(plugin.getParent());
        }

        /** @param serving plugins that go on although nobody sees them any more */
        PluginProblem problem(List<String> serving) {
            String rest = serving.isEmpty()
                    ? "What is in it is not loaded."
                    : String.join(", ", serving)
                            + (serving.size() == 1
                                    ? ", which was loaded from it before, goes on serving."
                                    : ", which were loaded from it before, go on serving.");
            return new PluginProblem(
                    String.valueOf(folder.getFileName()),
                    "A folder of plugins cannot be read",
                    folder.toString(),
                    why + " " + rest,
                    "Let the user that the gateway runs as list and enter it, or move it away.",
                    false);
        }
    }

    /**
     * @param folders plugin folders; a missing one holds nothing
     * @param loadPaths jars, and folders like the plugin folder; a missing one is a problem
     */
    static Scan scan(List<Path> folders, List<Path> loadPaths) {
        PluginScanner scanner = new PluginScanner();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                scanner.pluginFolder(folder);
            }
        }
        loadPaths.forEach(scanner::loadPath);
        return new Scan(List.copyOf(scanner.found), List.copyOf(scanner.problems), List.copyOf(scanner.unreadable));
    }

    /**
     * One plugin by its path.
     *
     * @throws IOException if it is neither a jar nor a folder with jars
     */
    static PluginFiles plugin(Path path) throws IOException {
        PluginScanner scanner = new PluginScanner();
        Path named = path.toAbsolutePath().normalize();
        if (Files.isRegularFile(named) && isJar(named)) {
            scanner.add(named, List.of(named));
        } else if (Files.isDirectory(named)) {
            scanner.folder(named);
        }
        if (scanner.found.isEmpty()) {
            throw new java.nio.file.FileSystemException(
                    path.toString(),
                    null,
                    Files.exists(named) ? "neither a jar nor a folder with jars" : "nothing is there");
        }
        return scanner.found.getFirst();
    }

    /**
     * Whether a path can be made from the name. A process whose locale is not UTF-8 has of some names the bytes and no text, and
     * whatever is made from the text is another file, or none.
     */
    private static boolean hasName(Path entry) {
        Path name = entry.getFileName();
        try {
            return entry.getFileSystem().getPath(name.toString()).equals(name);
        } catch (InvalidPathException bytes) {
            return false;
        }
    }

    /** @param named what has the name */
    private void nameless(Path entry, String named) {
        problem(
                entry,
                named
                        + " has a name with letters that this process cannot write: they are none in the encoding of its locale ("
                        + System.getProperty("sun.jnu.encoding") + ").",
                "Start the gateway with LC_ALL=C.UTF-8 in its environment, or give the file a name of ASCII letters.");
    }

    private void folder(Path entry) {
        List<Path> jars = entries(entry).stream()
                .filter(file -> Files.isRegularFile(file) && isJar(file))
                .toList();
        Optional<Path> nameless = jars.stream().filter(jar -> !hasName(jar)).findFirst();
        if (nameless.isPresent()) {
            nameless(entry, "Its jar " + nameless.get().getFileName());
        } else if (jars.isEmpty()) {
            LOG.log(System.Logger.Level.TRACE, "Folder {0} has no jar: not a plugin", entry);
        } else {
            add(entry, jars);
        }
    }

    private void loadPath(Path path) {
        if (Files.isDirectory(path)) {
            pluginFolder(path);
        } else if (Files.isRegularFile(path) && isJar(path)) {
            add(path, List.of(path));
        } else {
            boolean exists = Files.exists(path);
            problem(
                    path,
                    exists
                            ? "plugins.load.paths names it, but it is neither a jar nor a folder."
                            : "plugins.load.paths names it, but nothing is there.",
                    "Correct the path or remove it from plugins.load.paths.");
        }
    }

    private void pluginFolder(Path folder) {
        for (Path entry : entries(folder)) {
            boolean directory = Files.isDirectory(entry);
            if (!hasName(entry) && (directory || isJar(entry))) {
                nameless(entry, "It");
            } else if (directory) {
                folder(entry);
            } else if (isJar(entry)) {
                add(entry, List.of(entry));
            } else {
                LOG.log(System.Logger.Level.TRACE, "File {0} is no jar: ignored", entry);
            }
        }
    }

    private List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !ignored(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (AccessDeniedException e) {
            unreadable.add(new Unreadable(folder, "This user may not list what is in it."));
            return List.of();
        } catch (IOException e) {
            unreadable.add(new Unreadable(folder, "Listing what is in it failed: " + e + "."));
            return List.of();
        }
    }

    private void add(Path path, List<Path> jars) {
        if (seen.add(real(path))) {
            found.add(new PluginFiles(path.getFileName().toString(), path, jars));
        }
    }

    private void problem(Path path, String why, String remedy) {
        problems.add(
                PluginProblem.notLoaded(String.valueOf(path.getFileName()), path.toString(), new Refusal(why, remedy)));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // a dangling link: the verifier will say so
        }
    }

    /** Hidden files, and the folder that file systems make for themselves. */
    private static boolean ignored(String name) {
        return name.startsWith(".") || name.equals("lost+found");
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }
}
