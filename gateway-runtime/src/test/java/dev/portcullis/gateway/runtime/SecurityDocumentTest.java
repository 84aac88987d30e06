package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md promises is held by tests that there are. */
class SecurityDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "SECURITY.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyPromiseNamesTestsThatThereAre() throws Exception {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf("## What is promised");
        String promises = text.substring(begin, text.indexOf("\nWhat arguments can still", begin));
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            there = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }

        List<String> unknown = NAMED.matcher(promises)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !there.contains(name))
                .toList();
        assertEquals(List.of(), unknown);
        for (String promise : promises.split("\n- ", -1)) {
            assertTrue(promise.startsWith("## ") || NAMED.matcher(promise).find(), () -> "no test holds: " + promise);
        }
    }
}
