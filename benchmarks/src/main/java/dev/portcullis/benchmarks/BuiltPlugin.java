package dev.portcullis.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Plugins that only a measurement needs, compiled when it runs. */
final class BuiltPlugin {
    private BuiltPlugin() {}

    /** @param sources text of each type, by its name */
    static Path jar(Path home, Path work, Path jar, Map<String, String> sources) throws IOException {
        Path source = Files.createDirectories(work.resolve("src"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> command = new ArrayList<>(List.of(
                "-nowarn",
                "-Xlint:-module",
                "-d",
                classes.toString(),
                "--module-path",
                home.resolve("lib").toString()));
        for (Map.Entry<String, String> type : sources.entrySet()) {
            command.add(Files.writeString(source.resolve(type.getKey() + ".java"), type.getValue())
                    .toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new)) != 0) {
            throw new IOException("the plugin does not compile");
        }
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

    /** A module with one provider class, {@code Tools}. */
    static String module(String name) {
        return """
                module %s {
                    requires dev.portcullis.gateway.api;
                    provides dev.portcullis.gateway.api.tool.ToolProvider with %s.Tools;
                }
                """.formatted(name, name);
    }

    /** Tools {@code area<number>_tool0} and on, each of which says its name. */
    static void area(Path home, Path work, Path folder, int number, int tools) throws IOException {
        String name = "bench.area" + number;
        jar(
                home,
                work.resolve(name),
                folder.resolve("area" + number + ".jar"),
                Map.of(
                        "module-info", module(name),
                        "Tools", """
                        package %s;
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.util.*;
                        import java.util.stream.*;
                        public class Tools implements ToolProvider {
                            public String name() { return "area%d"; }
                            public List<Tool> tools(PluginContext context) {
                                return IntStream.range(0, %d).mapToObj(i -> "area%d_tool" + i).map(name -> Tool.of(
                                    ToolDescriptor.named(name).description("says its name")
                                        .input(InputSchema.object().requiredString("text", "A text")).build(),
                                    call -> ToolResult.text(name))).toList();
                            }
                        }
                        """.formatted(name, number, tools, number)));
    }

    /** A tool {@code spin} that never ends and heeds nothing. */
    static void spinner(Path home, Path work, Path folder) throws IOException {
        jar(
                home,
                work.resolve("spinner"),
                folder.resolve("spinner.jar"),
                Map.of("module-info", module("bench.spinner"), "Tools", """
                        package bench.spinner;
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.util.*;
                        public class Tools implements ToolProvider {
                            static volatile long turns;
                            public String name() { return "spinner"; }
                            public List<Tool> tools(PluginContext context) {
                                return List.of(Tool.of(ToolDescriptor.named("spin").description("never ends").build(),
                                    call -> { while (true) { turns++; } }));
                            }
                        }
                        """));
    }
}
