package dev.portcullis.gateway.runtime.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of one reading: where included ones may lie, how large they may be, and how deep they may include. */
final class SourceFiles {
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int MAX_DEPTH = 10;
    private static final int MAX_PATH = 4096;

    private final Set<Path> seen = new LinkedHashSet<>();
    private final Map<String, UntrustedFileException> untrusted = new LinkedHashMap<>();
    private final MessageDigest digest = sha256();
    private final ConfigEnvironment environment;
    private final Path main;

    /** One file's text, and the files that led to it. */
    record Source(Path file, String text, List<Path> chain) {
        Position at(int line) {
            return new Position(file.toString(), line);
        }

        /** What is refused of a file that says nothing: a full disk and an edit that is half done leave the same. */
        UnreadableConfigException blank() {
            return refused(
                    at(0),
                    "the file is empty: it has nothing but blanks or comments",
                    "Put back what was in it (portcullis config restore --last-good), or write {} if every default is"
                            + " meant.");
        }

        @Override
        public String toString() {
            return "Source[" + file + "]";
        }
    }

    SourceFiles(Path main, ConfigEnvironment environment) {
        this.main = main.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /** Absolute; links are not followed. */
    Path mainFile() {
        return main;
    }

    Source main() {
        return read(main, List.of(), Position.of(main.toString()));
    }

    Source include(Source from, String written, Position at) {
        Path file = confined(from, written, at);
        List<Path> chain = from.chain();
        if (chain.contains(file)) {
            String circle = chain.subList(chain.indexOf(file), chain.size()).stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(" -> "));
            throw refused(at, "Circular include detected: " + circle + " -> " + file, "Remove one of the includes.");
        }
        if (chain.size() > MAX_DEPTH) {
            throw refused(at, "includes nest deeper than " + MAX_DEPTH + " files", "Include fewer levels.");
        }
        return read(file, chain, at);
    }

    /** Why no gateway may obey what was read. */
    List<UntrustedFileException> untrusted() {
        return List.copyOf(untrusted.values());
    }

    Set<Path> seen() {
        return Set.copyOf(seen);
    }

    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Symbolic links are followed before the question where the file lies. */
    private Path confined(Source from, String written, Position at) {
        if (written.isBlank() || written.length() >= MAX_PATH || written.indexOf('\0') >= 0) {
            throw refused(
                    at, "the path of an include is blank, too long or not a path", "Name a file beside this one.");
        }
        Path file;
        try {
            file = environment.path(written, parent(from.file()));
        } catch (InvalidPathException e) {
            throw refused(at, "include \"" + written + "\" is not a path", "Name a file beside this one.");
        }
        seen.add(file);
        try {
            Path real = file.toRealPath();
            if (roots().stream().noneMatch(real::startsWith)) {
                throw refused(
                        at,
                        "include \"" + written + "\" lies outside of " + parent(main),
                        "Move the file there, or name its directory in PORTCULLIS_INCLUDE_ROOTS.");
            }
            if (Files.getFileStore(real).supportsFileAttributeView("unix")
                    && (Integer) Files.getAttribute(real, "unix:nlink") > 1) {
                throw refused(at, "include \"" + written + "\" is a hard link", "Include a file of its own.");
            }
            return real;
        } catch (IOException e) {
            throw refused(
                    at, "include \"" + written + "\" cannot be read: " + reason(e), "Create it, or correct the path.");
        }
    }

    private List<Path> roots() throws IOException {
        List<Path> roots = new ArrayList<>(List.of(parent(main.toRealPath())));
        var more = environment.first("PORTCULLIS_INCLUDE_ROOTS", "OPENCLAW_INCLUDE_ROOTS");
        if (more.isPresent()) {
            for (String root : more.get().value().split(File.pathSeparator, -1)) {
                Path path = environment.path(root.strip(), parent(main));
                if (!root.isBlank() && Files.isDirectory(path)) {
                    roots.add(path.toRealPath());
                }
            }
        }
        return roots;
    }

    private Source read(Path file, List<Path> chain, Position at) {
        seen.add(file);
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refused(
                        Position.of(file.toString()), "the file is larger than 2 MiB", "Split it, or check the path.");
            }
            digest.update(bytes);
            List<Path> longer = new ArrayList<>(chain);
            longer.add(chain.isEmpty() ? file.toRealPath() : file);
            return new Source(file, text(bytes, file), List.copyOf(longer));
        } catch (IOException e) {
            throw refused(
                    at,
                    "the configuration file " + file + " cannot be read: " + reason(e),
                    "Check the path and its permissions.");
        }
    }

    /** What is read is what was checked; what is not to be trusted is read too, so that all that is wrong can be said. */
    private InputStream open(Path file) throws IOException {
        try {
            return environment.trust().open(file);
        } catch (UntrustedFileException e) {
            untrusted.putIfAbsent(e.getFile(), e);
            return Files.newInputStream(file);
        }
    }

    private static String text(byte[] bytes, Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused(Position.of(file.toString()), "the file is not UTF-8", "Save it as UTF-8.");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static UnreadableConfigException refused(Position at, String what, String advice) {
        return new UnreadableConfigException(at, what, advice);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
