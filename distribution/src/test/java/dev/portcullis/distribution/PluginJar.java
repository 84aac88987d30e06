package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** Compiles a plugin of one class against the API of the archive, as its author would. */
final class PluginJar {
    private PluginJar() {}

    /**
     * @param name of the plugin; its module is {@code test.<name>}, its class {@code test.<name>.Tools}
     * @param requires a module it needs
     * @param tool the name of its one tool
     * @param body statements that return the result of the tool
     */
    static Path of(Path folder, String name, String requires, String tool, String body) {
        try {
            Path sources = folder.resolve(name + "-src");
            Path classes = folder.resolve(name + "-classes");
            Path jar = folder.resolve(name + ".jar");
            Path type = sources.resolve("test/" + name + "/Tools.java");
            Files.createDirectories(type.getParent());
            Path module = Files.writeString(sources.resolve("module-info.java"), """
                    module test.%1$s {
                        requires dev.portcullis.gateway.api;
                        requires %2$s;
                        provides dev.portcullis.gateway.api.tool.ToolProvider with test.%1$s.Tools;
                    }
                    """.formatted(name, requires));
            Files.writeString(type, """
                    package test.%1$s;

                    import dev.portcullis.gateway.api.plugin.PluginContext;
                    import dev.portcullis.gateway.api.tool.*;
                    import java.util.List;

                    public final class Tools implements ToolProvider {
                        @Override
                        public String name() {
                            return "%1$s";
                        }

                        @Override
                        public List<Tool> tools(PluginContext context) {
                            return List.of(Tool.of(ToolDescriptor.named("%2$s").build(), call -> {
                                %3$s
                            }));
                        }
                    }
                    """.formatted(name, tool, body));
            run(
                    "javac",
                    "--module-path",
                    lib().toString(),
                    "-d",
                    classes.toString(),
                    module.toString(),
                    type.toString());
            run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path lib() {
        return Archive.FOLDER.resolve("lib");
    }

    private static void run(String tool, String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter printer = new PrintWriter(output);
        int exit = ToolProvider.findFirst(tool).orElseThrow().run(printer, printer, arguments);
        assertEquals(0, exit, () -> tool + " " + List.of(arguments) + ": " + output);
    }
}
