package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** An option that takes a secret: as it is, from standard input, or from a file. */
enum SecretOption {
    TOKEN("--token"),
    PASSWORD("--password");

    /** Stands for standard input. */
    static final String INPUT = "-";

    /** No secret is longer. */
    private static final int LONGEST = 64 * 1024;

    private final String option;

    SecretOption(String option) {
        this.option = option;
    }

    String option() {
        return option;
    }

    String fileOption() {
        return option + "-file";
    }

    Optional<Secret> read(@Nullable String value, @Nullable Path file, Surroundings surroundings) {
        if (file != null) {
            if (value != null) {
                throw CliException.usage(option + " and " + fileOption() + " name two secrets: give one of them");
            }
            return Optional.of(fromFile(file));
        }
        if (value == null) {
            return Optional.empty();
        }
        if (value.equals(INPUT)) {
            return Optional.of(fromInput(surroundings));
        }
        String text = value.strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
    }

    /** What a command line says that others can read, and what would keep it from them; empty if it says nothing. */
    static Optional<String> warning(CommandLine.ParseResult parsed) {
        for (CommandLine.ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            for (SecretOption secret : values()) {
                Object value = at.hasMatchedOption(secret.option) ? at.matchedOptionValue(secret.option, "") : "";
                if (value instanceof String text && !text.isBlank() && !text.equals(INPUT)) {
                    return Optional.of("Warning: while this runs, every user of this machine can read what follows "
                            + secret.option + " in the list of processes. Use " + secret.option
                            + " - (standard input), "
                            + secret.fileOption() + " FILE, or PORTCULLIS_GATEWAY_" + secret.name() + " instead.");
                }
            }
        }
        return Optional.empty();
    }

    private Secret fromInput(Surroundings surroundings) {
        try {
            return secret(surroundings.input().readNBytes(LONGEST), option + " -: standard input");
        } catch (IOException unreadable) {
            throw CliException.failed(option + " -: standard input cannot be read: " + unreadable.getMessage());
        }
    }

    private Secret fromFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return secret(in.readNBytes(LONGEST), fileOption() + ": " + file);
        } catch (IOException unreadable) {
            throw CliException.failed(fileOption() + ": " + file + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "): check the path and its permissions");
        }
    }

    private static Secret secret(byte[] bytes, String from) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.lines().count() > 1) {
            throw CliException.usage(from + (text.isEmpty() ? " is empty" : " has more than one line")
                    + ": it must hold the secret alone");
        }
        return new Secret(text);
    }
}
