package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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
}
