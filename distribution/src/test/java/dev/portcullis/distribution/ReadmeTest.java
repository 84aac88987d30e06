package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents show is what there is. */
class ReadmeTest {
    private static final Path ROOT = Archive.PROJECT.resolve("..").normalize();
    private static final Pattern SAMPLE =
            Pattern.compile("<!-- from (?<source>[^ ]+) -->\n```[a-z]*\n(?<code>.*?)\n```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

    @TestFactory
    Stream<DynamicTest> sampleIsTheSourceThatIsBuilt() throws Exception {
        List<MatchResult> samples = SAMPLE.matcher(read("README.md")).results().toList();
        return samples.stream()
                .map(sample -> dynamicTest(
                        sample.group("source"),
                        () -> assertTrue(
                                read(sample.group("source")).contains(sample.group("code")),
                                () -> "The README shows what is not in " + sample.group("source") + ":\n"
                                        + sample.group("code"))));
    }

    @Test
    void everyJavaSampleSaysWhereItIsFrom() throws Exception {
        String readme = read("README.md");

        long blocks = readme.lines().filter(line -> line.equals("```java")).count();

        long marked = SAMPLE.matcher(readme)
                .results()
                .filter(sample -> sample.group().contains("```java\n"))
                .count();
        assertEquals(blocks, marked);
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() {
        return Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                .map(file -> dynamicTest(
                        file,
                        () -> LINK.matcher(read(file))
                                .results()
                                .map(link -> link.group(1))
                                .forEach(target -> assertTrue(
                                        Files.exists(ROOT.resolve(target)), () -> file + " links to " + target))));
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
