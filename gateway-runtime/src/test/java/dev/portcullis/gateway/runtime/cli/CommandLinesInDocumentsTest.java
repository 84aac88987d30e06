package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents show to be pasted: no credential stands in the arguments of a program. */
class CommandLinesInDocumentsTest {
    private static final Path ROOT = Path.of("..");

    private static final Pattern IN_ARGUMENTS =
            Pattern.compile("--(?:token|password)[ =](?!-(?:\\s|$))\"?\\$|-H \"[^\"]*Bearer [^\"]*\\$");

    /** The client of the reference gateway has no other way. */
    private static final String NOT_OURS = "openclaw ";

    @Test
    void noCommandHasACredentialAmongItsArguments() throws Exception {
        List<String> shown = new ArrayList<>();
        try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
            for (Path document : Stream.concat(Stream.of(ROOT.resolve("README.md")), documents)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                Files.readString(document)
                        .lines()
                        .filter(line -> !line.startsWith(NOT_OURS)
                                && IN_ARGUMENTS.matcher(line).find())
                        .forEach(line -> shown.add(document.getFileName() + ": " + line));
            }
        }

        assertEquals(List.of(), shown);
    }
}
