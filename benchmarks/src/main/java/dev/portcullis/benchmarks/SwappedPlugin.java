package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plugin in two versions whose answers tell which one gave them, and whether all of it is that version. */
final class SwappedPlugin {
    static final String TOOL = "swapped";

    private final Path folder;
    private final List<Path> versions = new ArrayList<>();

    SwappedPlugin(Path home, Path work) throws IOException {
        this.folder = Files.createDirectories(work.resolve("swapped-plugins"));
        for (String version : List.of("a", "b")) {
            versions.add(build(home, Files.createDirectories(work.resolve("build-" + version)), version));
        }
    }

    Path folder() {
        return folder;
    }

    /** What a version answers. */
    static String answer(int version) {
        return version % 2 == 0 ? "a/a" : "b/b";
    }

    /** Puts a version into the folder in one step. */
    void drop(int version) throws IOException {
        Path beside = folder.resolve(".swapped.jar");
        Files.copy(versions.get(version % 2), beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, folder.resolve("swapped.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path build(Path home, Path work, String version) throws IOException {
        return BuiltPlugin.jar(
                home,
                work,
                work.resolve("swapped.jar"),
                Map.of(
                        "module-info", BuiltPlugin.module("bench.swapped"),
                        "Tools", """
                        package bench.swapped;
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.util.*;
                        public class Tools implements ToolProvider {
                            public String name() { return "swapped"; }
                            public List<Tool> tools(PluginContext context) {
                                return List.of(Tool.of(
                                    ToolDescriptor.named("%s").description("tells its version").build(),
                                    call -> ToolResult.text("%s/" + new Later().word())));
                            }
                        }
                        """.formatted(TOOL, version),
                        "Later", """
                        package bench.swapped;
                        class Later { String word() { return "%s"; } }
                        """.formatted(version)));
    }
}
