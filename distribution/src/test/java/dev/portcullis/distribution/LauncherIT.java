package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with JDKs that are scripts: each says which one it is, and with what it was started. */
class LauncherIT {
    @TempDir
    private Path folder;

    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        home = folder.resolve("a place with spaces");
        for (String part : List.of("bin/portcullis", "bin/java-home.sh", "conf/jvm.options")) {
            Path copy = home.resolve(part);
            Files.createDirectories(copy.getParent());
            Files.copy(Archive.FOLDER.resolve(part), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(home.resolve("lib"));
        home = home.toRealPath();
    }

    @Test
    void bundledRuntimeComesFirst() throws Exception {
        jdk(home.resolve("runtime"), "25.0.1", "bundled");
        environment.put("PORTCULLIS_JAVA_HOME", jdk("named", "25.0.1").toString());

        assertEquals("bundled", run().get(0));
    }

    @Test
    void namedJdkComesBeforeJavaHome() throws Exception {
        environment.put("PORTCULLIS_JAVA_HOME", jdk("named", "25.0.1").toString());
        environment.put("JAVA_HOME", jdk("java home", "25.0.1").toString());

        assertEquals("named", run().get(0));
    }

    @Test
    void tooOldJdkIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "24.0.2").toString());
        environment.put("PATH", jdk("on the path", "26") + "/bin:" + environment.get("PATH"));

        assertEquals("on the path", run().get(0));
    }

    @Test
    void ancientVersionNumbersAreNotMistakenForNewOnes() throws Exception {
        environment.put("JAVA_HOME", jdk("ancient", "1.8.0_402").toString());
        environment.put("PATH", jdk("on the path", "25-ea") + "/bin:" + environment.get("PATH"));

        assertEquals("on the path", run().get(0));
    }

    @Test
    void linkOnThePathIsFollowedToItsJdk() throws Exception {
        Path jdk = jdk("linked", "25.0.1");
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));
        environment.put("PATH", links + ":" + environment.get("PATH"));

        assertEquals("linked", run().get(0));
    }

    @Test
    void jdkWithoutAReleaseFileIsAsked() throws Exception {
        Path jdk = jdk("silent", "25.0.1");
        Files.delete(jdk.resolve("release"));
        environment.put("JAVA_HOME", jdk.toString());

        assertEquals("silent", run().get(0));
    }

    @Test
    void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
        // The usual places of this machine have one: as seen from the launcher they are empty.
        Path finder = home.resolve("bin/java-home.sh");
        Files.writeString(
                finder, Files.readString(finder).replace("/usr/lib/jvm/*", "").replace("/opt/", "/none/"));
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        environment.put("HOME", folder.toString());
        environment.put("PATH", jdk("older", "11") + "/bin:" + toolsWithoutJava());

        Result result = launch(home.resolve("bin/portcullis"));

        assertEquals(1, result.exit);
        assertEquals(1, result.lines.size(), result.lines::toString);
        assertTrue(result.lines.getFirst().contains("no JDK 25 or newer"), result.lines::toString);
    }

    @Test
    void gatewayIsStartedFromItsFolderWhateverTheWorkingDirectory() throws Exception {
        environment.put("JAVA_HOME", jdk("java home", "25.0.1").toString());

        List<String> arguments = run();

        assertTrue(arguments.contains("-Dportcullis.home=" + home), arguments::toString);
        assertTrue(arguments.contains(home.resolve("lib").toString()), arguments::toString);
        assertTrue(arguments.contains("@" + home.resolve("conf/jvm.options")), arguments::toString);
    }

    @Test
    void linkToTheLauncherWorksLikeTheLauncher() throws Exception {
        environment.put("JAVA_HOME", jdk("java home", "25.0.1").toString());
        Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("a place with spaces/bin/portcullis"));
        Path far = Files.createSymbolicLink(folder.resolve("far"), near);

        Result result = launch(far, "run");

        assertTrue(result.lines.contains("-Dportcullis.home=" + home), result.lines::toString);
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        environment.put("JAVA_HOME", jdk("java home", "25.0.1").toString());

        List<String> arguments =
                launch(home.resolve("bin/portcullis"), "invoke", "a b", "*", "", "@file", "$HOME").lines;

        assertEquals(
                List.of("invoke", "a b", "*", "", "@file", "$HOME"),
                arguments.subList(arguments.size() - 6, arguments.size()));
    }

    @Test
    void optionsOfTheEnvironmentReachTheJvm() throws Exception {
        environment.put("JAVA_HOME", jdk("java home", "25.0.1").toString());
        environment.put("PORTCULLIS_JAVA_OPTS", "-Xmx1g -Da=*");

        List<String> arguments = run();

        assertTrue(arguments.containsAll(List.of("-Xmx1g", "-Da=*")), arguments::toString);
    }

    @Test
    void checkoutIsBuiltAndMeasuredWithTheJdkThatWasFound() throws Exception {
        Path checkout = folder.resolve("a checkout");
        for (String part : List.of("portcullis", "benchmarks/measure", "distribution/src/main/bin/java-home.sh")) {
            Path copy = checkout.resolve(part);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("..").resolve(part), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        environment.put("PORTCULLIS_JAVA_HOME", jdk("found", "25.0.1").toString());
        Path tools = Files.createDirectories(folder.resolve("maven"));
        Path maven = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho \"built with $JAVA_HOME\" >&2; exit 3\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", tools + ":" + environment.get("PATH"));

        for (String script : List.of("portcullis", "benchmarks/measure")) {
            Result result = launch(checkout.resolve(script), "start");

            assertTrue(
                    result.lines.contains("built with " + folder.resolve("found")), () -> script + ": " + result.lines);
        }
    }

    @Test
    void folderOnTheSearchPathOfCdIsNotMistakenForItsOwn() throws Exception {
        environment.put("JAVA_HOME", jdk("java home", "25.0.1").toString());
        Files.createDirectories(folder.resolve("elsewhere/a place with spaces/bin"));
        environment.put("CDPATH", folder.resolve("elsewhere").toString());

        Result result = launch(Path.of("a place with spaces/bin/portcullis"), "run");

        assertTrue(result.lines.contains("-Dportcullis.home=" + home), result.lines::toString);
    }

    private List<String> run() throws Exception {
        Result result = launch(home.resolve("bin/portcullis"), "run");
        assertEquals(0, result.exit, result.lines::toString);
        return result.lines;
    }

    private record Result(int exit, List<String> lines) {}

    private Result launch(Path launcher, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTCULLIS_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(process.exitValue(), Files.readAllLines(output));
    }

    private Path jdk(String name, String version) throws IOException {
        return jdk(folder.resolve(name), version, name);
    }

    private Path jdk(Path place, String version, String name) throws IOException {
        environment.putIfAbsent("PATH", System.getenv("PATH"));
        Files.createDirectories(place.resolve("bin"));
        Files.writeString(place.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.writeString(
                place.resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = -XshowSettings:properties ]; then
                    echo "    java.home = %s" >&2
                    echo "    java.specification.version = %s" >&2
                    exit 0
                fi
                echo '%s'
                for argument in "$@"; do printf '%%s\\n' "$argument"; done
                """.formatted(place, version.replaceAll("[^0-9].*", ""), name));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return place;
    }

    private Path toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("sed", "dirname", "readlink")) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path link = tools.resolve(tool);
                if (Files.exists(Path.of(place, tool)) && !Files.exists(link)) {
                    Files.writeString(link, "#!/bin/sh\nexec " + Path.of(place, tool) + " \"$@\"\n");
                    Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
        return tools;
    }
}
