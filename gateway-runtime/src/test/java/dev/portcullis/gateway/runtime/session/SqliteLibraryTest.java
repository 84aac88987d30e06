package dev.portcullis.gateway.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine that does not let the driver load its library, which it would try but once a process. */
@Timeout(60)
class SqliteLibraryTest {
    @TempDir
    Path folder;

    /** Prepares, and opens a store in the folder that is named. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) throws InterruptedException {
            SqliteDatabase.prepare();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("sqlite-driver")) {
                    thread.join();
                }
            }
            try (SqliteSessionStore store = SqliteSessionStore.open(Path.of(args[0], "sessions.db"))) {
                System.out.println("opened " + store);
            } catch (SessionStoreException told) {
                System.out.println(told.getMessage());
            }
        }
    }

    /** Of a module that tests are patched into. */
    private static String classes() {
        return Stream.of("jdk.module.path", "java.class.path")
                .map(name -> System.getProperty(name, ""))
                .collect(Collectors.joining(File.pathSeparator, "target/test-classes" + File.pathSeparator, ""));
    }

    @Test
    void libraryThatCannotBeLoadedIsSaidWithWhatToDo() throws Exception {
        Path none = Files.createFile(folder.resolve("no-folder"));
        Path output = folder.resolve("output");

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.sqlite.lib.path=" + none,
                        "-Dorg.sqlite.tmpdir=" + none,
                        "-cp",
                        classes(),
                        Opening.class.getName(),
                        folder.toString()))
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();

        assertEquals(0, process.waitFor());
        String told = Files.readString(output, StandardCharsets.UTF_8);
        assertTrue(told.contains("the native library of SQLite could not be loaded"), told);
        assertTrue(told.contains("-Dorg.sqlite.tmpdir=FOLDER"), told);
    }
}
