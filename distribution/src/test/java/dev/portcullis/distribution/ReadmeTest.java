package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the documents show is what there is. */
class ReadmeTest {
    private static final Path ROOT = Archive.PROJECT.resolve("..").normalize();
    private static final Pattern SAMPLE =
            Pattern.compile("<!-- from (?<source>[^ ]+) -->\n```[a-z]*\n(?<code>.*?)\n```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

    /** Documents that show code. */
    private static final List<String> WITH_SAMPLES = List.of("README.md", "docs/plugin-authors.md");

    @TestFactory
    Stream<DynamicTest> sampleIsTheSourceThatIsBuilt() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String document : WITH_SAMPLES) {
            for (MatchResult sample : SAMPLE.matcher(read(document)).results().toList()) {
                tests.add(dynamicTest(
                        document + ": " + sample.group("source"),
                        () -> assertTrue(
                                read(sample.group("source")).contains(sample.group("code")),
                                () -> document + " shows what is not in " + sample.group("source") + ":\n"
                                        + sample.group("code"))));
            }
        }
        return tests.stream();
    }

    @ParameterizedTest
    @FieldSource("WITH_SAMPLES")
    void everyJavaSampleSaysWhereItIsFrom(String document) throws Exception {
        String readme = read(document);

        long blocks = readme.lines().filter(line -> line.equals("```java")).count();

        long marked = SAMPLE.matcher(readme)
                .results()
                .filter(sample -> sample.group().contains("```java\n"))
                .count();
        assertEquals(blocks, marked);
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() {
        return Stream.of(
                        "README.md",
                        "ARCHITECTURE.md",
                        "CONTRIBUTING.md",
                        "SECURITY.md",
                        "CHANGELOG.md",
                        "docs/operating.md",
                        "docs/plugin-authors.md")
                .map(file -> dynamicTest(
                        file,
                        () -> LINK.matcher(read(file))
                                .results()
                                .map(link -> link.group(1))
                                .forEach(target -> assertTrue(
                                        Files.exists(ROOT.resolve(file).resolveSibling(target)),
                                        () -> file + " links to " + target))));
    }

    @Test
    void buildServerRunsTheCommandOfTheReadme() throws Exception {
        assertTrue(read("README.md").contains("\nmvn -B verify\n"));
        assertEquals("mvn -B verify", read(".ci/run").lines().toList().getLast().replaceAll(".*exec ", ""));
    }

    private static String read(String file) throws Exception {
        return Files.readString(ROOT.resolve(file));
    }
}
