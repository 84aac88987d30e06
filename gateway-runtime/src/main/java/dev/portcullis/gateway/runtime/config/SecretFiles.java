package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a secret out of a file that only its owner can have put there. */
final class SecretFiles {
    private static final int MAX_BYTES = 1024 * 1024;

    private final ConfigEnvironment environment;
    private final Path base;
    private final Consumer<Path> looked;

    /** @param looked told of every file that was looked for, whether it is there or not */
    SecretFiles(ConfigEnvironment environment, Path base, Consumer<Path> looked) {
        this.looked = looked;
        this.environment = environment;
        this.base = base;
    }

    /** Why there is no secret; the secret itself is never in it. */
    static final class UnusableSecretException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String advice;

        UnusableSecretException(String what, String advice) {
            super(what);
            this.advice = advice;
        }

        String what() {
            return String.valueOf(getMessage());
        }

        String advice() {
            return advice;
        }
    }

    /**
     * @param provider {@code secrets.providers.<name>}
     * @param id a JSON pointer, or {@code value} for a file that is the secret
     */
    String read(Section provider, String id) throws UnusableSecretException {
        String written = provider.text("path")
                .orElseThrow(() ->
                        new UnusableSecretException("its provider names no file", "Set " + provider.path("path")));
        Path file = provider.file("path", written, environment, base)
                .orElseThrow(() ->
                        new UnusableSecretException("its provider names no path", "Correct " + provider.path("path")));
        looked.accept(file);
        boolean single = provider.text("mode").orElse("json").equals("singleValue");
        int limit = provider.number("maxBytes", 1, MAX_BYTES)
                .orElse((long) MAX_BYTES)
                .intValue();
        String text = content(file, limit);
        String secret = single ? text.stripTrailing() : field(file, text, id);
        if (secret.isBlank()) {
            throw new UnusableSecretException("the secret in " + file + " is blank", "Write one there.");
        }
        return secret.strip();
    }

    private String content(Path file, int limit) throws UnusableSecretException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnusableSecretException("the file " + file + " does not exist", "Create it with mode 600.");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnusableSecretException(
                        file + " is a link or no ordinary file", "Name the ordinary file that has the secret.");
            }
            Set<String> views = file.getFileSystem().supportedFileAttributeViews();
            if (views.contains("unix") && (Integer) Files.getAttribute(file, "unix:nlink") != 1) {
                throw new UnusableSecretException(file + " has a second name (hard link)", "Use a file of its own.");
            }
            if (views.contains("posix") && openToOthers(file)) {
                throw new UnusableSecretException(
                        file + " can be read by others", "Run: chmod 600 " + ShellWord.of(file));
            }
            try (InputStream in = environment.trust().open(file)) {
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    throw new UnusableSecretException(file + " is larger than " + limit + " bytes", "Check the path.");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (UntrustedFileException e) {
            throw new UnusableSecretException(e.what(), e.advice());
        } catch (IOException e) {
            throw new UnusableSecretException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "Check its permissions.");
        }
    }

    static boolean openToOthers(Path file) throws IOException {
        return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                .map(PosixFilePermission::name)
                .anyMatch(name -> !name.startsWith("OWNER_"));
    }

    private static String field(Path file, String text, String id) throws UnusableSecretException {
        if (!id.startsWith("/")) {
            throw new UnusableSecretException(
                    "\"" + id + "\" is not a JSON pointer",
                    "Write for example \"/gateway/token\", or use mode singleValue.");
        }
        JsonNode value;
        try {
            value = new JsonMapper().readTree(text).at(JsonPointer.compile(id));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UnusableSecretException(
                    file + " is not JSON, or " + id + " is no JSON pointer", "Correct one of them.");
        }
        if (!value.isString()) {
            throw new UnusableSecretException(
                    "there is no text at " + id + " in " + file, "Correct the id or the file.");
        }
        return value.asString();
    }
}
