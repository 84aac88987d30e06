package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that do not go quietly. */
@Timeout(120)
final class PartingFaultsTest {
    @TempDir
    Path home;

    private Zoo zoo;

    @BeforeEach
    void open() throws Exception {
        zoo = Zoo.open(home, "}");
    }

    @AfterEach
    void close() throws Exception {
        zoo.close();
    }

    private Path unclosable(String answer) {
        return Sources.tool(
                        zoo.tiny,
                        "unclosable",
                        "return ToolResult.text(\"" + answer + "\");",
                        "public void close() { throw new Error(\"no end\"); }")
                .jar(zoo.workshop.resolve("unclosable.jar"));
    }

    @Test
    void throwingFromCloseIsSaidAndEndsNothing() throws Exception {
        zoo.bring(List.of(unclosable("first")));
        zoo.await("it serves", () -> zoo.call("unclosable").statusCode() == 200);

        zoo.bring(List.of(unclosable("second")));

        zoo.await(
                "it is closed",
                () -> !zoo.log
                        .with(
                                "Plugin unclosable is let go all the same. close() of zoo.unclosable.Tools threw Error: no end.",
                                "This is a fault of the plugin: tell its author")
                        .isEmpty());
        assertTrue(zoo.call("unclosable").body().contains("second"));
        zoo.assertOthersAreServed();
    }

    @Test
    void threadThatIsLeftBehindIsNamedWithItsPlace() throws Exception {
        zoo.bring(List.of(Sources.provider(
                        zoo.tiny,
                        "littering",
                        "\"littering\"",
                        "Thread.ofPlatform().daemon().name(\"litter\").start(Tools::wait_); return"
                                + " List.of(tool(\"littering\"));",
                        "static void wait_() { while (!Boolean.getBoolean(\"zoo.stop\")) { try { Thread.sleep(20); } catch"
                                + " (InterruptedException e) {} } }")
                .jar(zoo.workshop.resolve("littering.jar"))));
        zoo.await("it serves", () -> zoo.call("littering").statusCode() == 200);
        try {
            Files.delete(zoo.folder.resolve("littering.jar"));

            zoo.await("it is gone", () -> zoo.call("littering").statusCode() == 404);
            zoo.await(
                    "its thread is named",
                    () -> !zoo.log
                            .with(
                                    "littering.jar",
                                    "its thread \"litter\" goes on",
                                    "A plugin must end its threads in close()",
                                    "Tools.wait_(")
                            .isEmpty());
            zoo.assertOthersAreServed();
        } finally {
            System.setProperty("zoo.stop", "true");
        }
    }

    @AfterAll
    static void stopNoMore() {
        System.clearProperty("zoo.stop");
    }
}
