package dev.portcullis.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

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
        Path source = Files.createDirectories(work.resolve("src"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> command = new ArrayList<>(List.of(
                "-d", classes.toString(), "--module-path", home.resolve("lib").toString()));
        command.add(write(source, "module-info", """
                module bench.swapped {
                    requires dev.portcullis.gateway.api;
                    provides dev.portcullis.gateway.api.tool.ToolProvider with bench.swapped.Tools;
                }
                """));
        command.add(write(source, "Tools", """
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
                """.formatted(TOOL, version)));
        command.add(write(source, "Later", """
                package bench.swapped;
                class Later { String word() { return "%s"; } }
                """.formatted(version)));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new)) != 0) {
            throw new IOException("the plugin does not compile");
        }
        Path jar = work.resolve("swapped.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static String write(Path folder, String name, String text) throws IOException {
        return Files.write(folder.resolve(name + ".java"), text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
