package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        zoo = Zoo.open(home, "}, plugins: {entries: {good: {config: {edit: EDIT}}}}");
    }

    @AfterEach
    void close() throws Exception {
        zoo.close();
    }

    @Test
    void throwingFromCloseIsSaidAndEndsNothing() throws Exception {
        zoo.bring(List.of(Sources.tool(
                        zoo.tiny,
                        "unclosable",
                        "return ToolResult.none();",
                        "public void close() { throw new Error(\"no end\"); }")
                .jar(zoo.workshop.resolve("unclosable.jar"))));
        zoo.await("it serves", () -> zoo.call("unclosable").statusCode() == 200);

        zoo.look();

        zoo.await(
                "it is closed",
                () -> !zoo.log
                        .with(
                                "Plugin unclosable is let go all the same. close() of zoo.unclosable.Tools threw Error: no end.",
                                "This is a fault of the plugin: tell its author")
                        .isEmpty());
        assertEquals(200, zoo.call("unclosable").statusCode(), "its next generation serves");
        zoo.assertOthersAreServed();
    }
}
