package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The launcher for Windows, which nothing here can run, is read beside the one that runs: both start the same gateway. */
class LaunchersTest {
    /** Options of the JVM, in the words of both languages. */
    private static final Pattern OPTION = Pattern.compile(
            "(@[^\\s]*conf/jvm\\.options"
                    + "|--(?:module-path|add-modules|add-opens|enable-native-access|module)\\b[ =]\\S+|-Dportcullis\\.home=\\S+)");

    private static final Path BIN = Archive.PROJECT.resolve("src/main/bin");

    private static String read(String name) throws IOException {
        return Files.readString(BIN.resolve(name));
    }

    private static Set<String> options(String script) {
        Set<String> options = new TreeSet<>();
        // continued lines are one
        Matcher option = OPTION.matcher(script.replaceAll("\\s*[\\^\\\\]\\R\\s*", " ")
                .replace("\"", "")
                .replace('\\', '/')
                .replace("%PORTCULLIS_DIST%", "$home"));
        while (option.find()) {
            options.add(option.group(1).replaceAll("^(--[a-z-]+)[ =]", "$1="));
        }
        return options;
    }

    private static List<String> order(String text, String... names) {
        List<String> found = new ArrayList<>();
        Matcher name =
                Pattern.compile("\\b(" + String.join("|", names) + ")\\b").matcher(text);
        while (name.find()) {
            if (!found.contains(name.group(1))) {
                found.add(name.group(1));
            }
        }
        return found;
    }

    @Test
    void bothGiveTheJvmTheSameOptions() throws IOException {
        Set<String> posix = options(read("portcullis"));

        assertEquals(posix, options(read("portcullis.bat")));
        assertEquals(7, posix.size(), posix::toString);
    }

    @Test
    void bothLookForAJdkInTheSameOrder() throws IOException {
        String posix = read("java-home.sh");
        String search = posix.substring(posix.indexOf("find_java_home() {"));
        String windows = read("portcullis.bat");
        List<String> order = List.of("PORTCULLIS_RUNTIME", "PORTCULLIS_JAVA_HOME", "JAVA_HOME", "PATH");

        assertEquals(
                order,
                order(
                        search.replace("java_on_path", "PATH"),
                        "PORTCULLIS_RUNTIME",
                        "PORTCULLIS_JAVA_HOME",
                        "JAVA_HOME",
                        "PATH"));
        assertEquals(
                order,
                order(
                        windows.substring(windows.indexOf("set \"FOUND=\""))
                                .replace("%PORTCULLIS_DIST%\\runtime", "PORTCULLIS_RUNTIME")
                                .replace("where java", "PATH"),
                        "PORTCULLIS_RUNTIME",
                        "PORTCULLIS_JAVA_HOME",
                        "JAVA_HOME",
                        "PATH"));
    }

    @Test
    void bothAskForTheSameVersionAndSayTheSameWithoutIt() throws IOException {
        String posix = read("portcullis");
        String windows = read("portcullis.bat");

        assertTrue(posix.contains("find_java_home 25"));
        assertTrue(windows.contains("if %MAJOR% GEQ 25"));
        Matcher said = Pattern.compile("echo \"(portcullis: no JDK 25[^\"]*)\"").matcher(posix);
        assertTrue(said.find());
        assertTrue(windows.replace("^", "").contains(said.group(1)), said.group(1));
    }

    @Test
    void bothPassOnOptionsOfTheEnvironmentAndTheArgumentsLast() throws IOException {
        for (String name : List.of("portcullis", "portcullis.bat")) {
            String script = read(name);
            String arguments = name.endsWith(".bat") ? "%*" : "\"$@\"";

            assertTrue(script.contains("PORTCULLIS_JAVA_OPTS"), name);
            assertTrue(script.lastIndexOf(arguments) > script.lastIndexOf("PORTCULLIS_JAVA_OPTS"), name);
        }
    }

    @Test
    void exitCodeOfTheGatewayIsThatOfTheLauncher() throws IOException {
        assertTrue(read("portcullis").contains("exec \"$java_home/bin/java\""));
        String windows = read("portcullis.bat");
        assertTrue(windows.indexOf("exit /b %ERRORLEVEL%") > windows.indexOf("cli.Main %*"));
        assertFalse(windows.contains("\r"), "line ends are made when the archive is packed");
    }
}
