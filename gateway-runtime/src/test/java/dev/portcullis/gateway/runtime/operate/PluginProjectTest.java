package dev.portcullis.gateway.runtime.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginProjectTest {
    @TempDir
    private Path temp;

    private Path home;

    @BeforeEach
    void unpack() throws Exception {
        home = temp.resolve("un packed");
        Files.createDirectories(home.resolve("repository/dev/portcullis/gateway-api/1.2.3"));
    }

    @ParameterizedTest
    @EnumSource
    void everyPlaceholderIsFilled(PluginProject.Kind kind) throws Exception {
        Path project = temp.resolve("release-freeze");

        PluginFileReport report = create(project, kind, Optional.empty(), Optional.empty());

        assertTrue(report.done(), report::said);
        for (Path file : files(project)) {
            assertFalse(Files.readString(file).contains("__"), file::toString);
            assertFalse(file.toString().contains("__"), file::toString);
        }
    }

    @Test
    void projectIsBuiltAgainstTheArchiveItCameFrom() throws Exception {
        Path project = temp.resolve("weather");

        create(project, PluginProject.Kind.TOOL, Optional.empty(), Optional.of("acme.weather"));

        String pom = Files.readString(project.resolve("pom.xml"));
        assertTrue(pom.contains("<portcullis.version>1.2.3</portcullis.version>"), pom);
        assertTrue(pom.contains("file:///") && pom.contains("/un%20packed/repository<"), pom);
        assertTrue(Files.exists(project.resolve("src/main/java/acme/weather/WeatherTools.java")));
        assertTrue(Files.exists(project.resolve("src/test/java/acme/weather/WeatherToolsTest.java")));
    }

    @Test
    void whatToDoNextCanBePastedWhateverTheFolderIsCalled() throws Exception {
        Path project = temp.resolve("my plugins/weather");

        PluginFileReport report = create(project, PluginProject.Kind.TOOL, Optional.empty(), Optional.empty());

        assertTrue(report.details().contains("Next: cd '" + project + "' && mvn package"), report.details()::toString);
    }

    @Test
    void folderThatHoldsSomethingIsLeftAlone() throws Exception {
        Path project = Files.createDirectories(temp.resolve("weather"));
        Files.writeString(project.resolve("notes.txt"), "mine");

        PluginFileReport report = create(project, PluginProject.Kind.TOOL, Optional.empty(), Optional.empty());

        assertFalse(report.done());
        assertTrue(report.said().contains("notes.txt"), report::said);
        assertEquals(List.of(project.resolve("notes.txt")), files(project));
    }

    @Test
    void fileIsNoFolder() throws Exception {
        Path file = Files.writeString(temp.resolve("weather"), "mine");

        assertFalse(create(file, PluginProject.Kind.TOOL, Optional.empty(), Optional.empty())
                .done());
        assertEquals("mine", Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Weather", "9lives", "a b", "weather-", "w\neather", "../weather"})
    void badNameWritesNothing(String name) {
        Path project = temp.resolve("project");

        PluginFileReport report = create(project, PluginProject.Kind.TOOL, Optional.of(name), Optional.empty());

        assertFalse(report.done());
        assertEquals(1, report.said().lines().count());
        assertFalse(Files.exists(project));
    }

    @ParameterizedTest
    @CsvSource({
        "weather., small letters",
        "Acme, small letters",
        "acme.int.weather, 'word of the Java language'",
        "java.weather, belongs to others",
        "dev.portcullis.gateway.weather, belongs to others",
    })
    void badPackageWritesNothing(String packageName, String why) {
        Path project = temp.resolve("project");

        PluginFileReport report = create(project, PluginProject.Kind.TOOL, Optional.empty(), Optional.of(packageName));

        assertTrue(report.said().contains(why), report::said);
        assertFalse(Files.exists(project));
    }

    @Test
    void folderNameThatIsNoPluginNameAsksForOne() {
        PluginFileReport report =
                create(temp.resolve("My Plugin"), PluginProject.Kind.TOOL, Optional.empty(), Optional.empty());

        assertTrue(report.said().contains("--name"), report::said);
    }

    @Test
    void withoutAnArchiveThereIsNothingToBuildAgainst() {
        PluginFileReport report = PluginProject.create(
                temp.resolve("weather"),
                PluginProject.Kind.TOOL,
                Optional.empty(),
                Optional.empty(),
                Optional.of(temp.resolve("elsewhere")));

        assertTrue(report.said().contains("unpacked archive"), report::said);
    }

    private PluginFileReport create(
            Path project, PluginProject.Kind kind, Optional<String> name, Optional<String> packageName) {
        return PluginProject.create(project, kind, name, packageName, Optional.of(home));
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
