package dev.portcullis.gateway.runtime.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleRequireInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Compiles modules of three lines with the real compiler and packs them into real jars. */
public final class TinyPlugins {
    private final Path work;
    private int count;

    public TinyPlugins(Path work) {
        this.work = work;
    }

    public Source source() {
        return new Source();
    }

    /** A module that provides one tool under one provider name. */
    public Source tool(String module, String provider, String tool) {
        return source().module(
                        module, "provides dev.portcullis.gateway.api.tool.ToolProvider with " + module + ".Tools;")
                .type(module + ".Tools", toolProvider(provider, tool, "\"" + tool + " of " + provider + "\""));
    }

    /** The body of a class {@code Tools} whose only tool answers with an expression. */
    public static String toolProvider(String provider, String tool, String answer) {
        return """
                import dev.portcullis.gateway.api.plugin.*;
                import dev.portcullis.gateway.api.tool.*;
                import java.util.*;
                public class Tools implements ToolProvider {
                    public String name() { return "%s"; }
                    public List<Tool> tools(PluginContext context) throws Exception {
                        return List.of(Tool.of(
                            ToolDescriptor.named("%s").description("tiny").build(),
                            call -> ToolResult.text(%s)));
                    }
                }
                """.formatted(provider, tool, answer);
    }

    /** The API as this test's JVM has it: classes or jar. */
    static Path api() {
        return Path.of(ModuleLayer.boot()
                .configuration()
                .findModule(ToolProvider.class.getModule().getName())
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow());
    }

    /** A library on the module path of this test's JVM. */
    public static Path onModulePath(String start) {
        return Stream.of(System.getProperty("jdk.module.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    /** A change of a class: without the methods of this name. */
    public static UnaryOperator<byte[]> lacking(String method) {
        return bytes -> ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(bytes),
                        ClassTransform.dropping(element -> element instanceof MethodModel one
                                && one.methodName().equalsString(method)));
    }

    /** A change of a module descriptor: another version of the API that javac recorded. */
    public static UnaryOperator<byte[]> builtAgainst(String version) {
        return bytes -> {
            ClassFile format = ClassFile.of();
            var model = format.parse(bytes);
            ModuleAttribute module =
                    model.findAttribute(java.lang.classfile.Attributes.module()).orElseThrow();
            ConstantPoolBuilder pool = ConstantPoolBuilder.of(model);
            List<ModuleRequireInfo> requires = module.requires().stream()
                    .map(required -> ModuleRequireInfo.of(
                            required.requires(), required.requiresFlagsMask(), pool.utf8Entry(version)))
                    .toList();
            ModuleAttribute changed = ModuleAttribute.of(
                    module.moduleName(),
                    module.moduleFlagsMask(),
                    module.moduleVersion().orElse(null),
                    requires,
                    module.exports(),
                    module.opens(),
                    module.uses(),
                    module.provides());
            return format.transformClass(
                    model,
                    ClassTransform.dropping(ModuleAttribute.class::isInstance)
                            .andThen(ClassTransform.endHandler(builder -> builder.with(changed))));
        };
    }

    public final class Source {
        private final Map<String, String> files = new LinkedHashMap<>();
        private final Map<String, byte[]> entries = new LinkedHashMap<>();
        private final Map<String, UnaryOperator<byte[]>> changes = new LinkedHashMap<>();
        private final List<Path> libraries = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Manifest manifest = new Manifest();
        private boolean modular;

        private Source() {
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        }

        public Source module(String name, String... directives) {
            return moduleWithout(
                    name,
                    Stream.concat(Stream.of("requires dev.portcullis.gateway.api;"), Stream.of(directives))
                            .toArray(String[]::new));
        }

        /** A module that does not require the API by itself. */
        public Source moduleWithout(String name, String... directives) {
            modular = true;
            files.put("module-info.java", "module " + name + " {\n" + String.join("\n", directives) + "\n}\n");
            return this;
        }

        /** Adds a class; the body comes without its package. */
        public Source type(String name, String body) {
            int dot = name.lastIndexOf('.');
            files.put(name.replace('.', '/') + ".java", "package " + name.substring(0, dot) + ";\n" + body);
            return this;
        }

        public Source with(Path... jars) {
            libraries.addAll(List.of(jars));
            return this;
        }

        public Source options(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        public Source entry(String name, String text) {
            entries.put(name, text.getBytes(UTF_8));
            return this;
        }

        /** Adds an entry of another jar. */
        public Source entryOf(Path jar, String name) throws IOException {
            return entryOf(jar, name, name);
        }

        public Source entryOf(Path jar, String name, String as) throws IOException {
            try (JarFile from = new JarFile(jar.toFile());
                    InputStream in = from.getInputStream(from.getEntry(name))) {
                entries.put(as, in.readAllBytes());
            }
            return this;
        }

        public Source attribute(String name, String value) {
            manifest.getMainAttributes().putValue(name, value);
            return this;
        }

        /** Changes a compiled file before it is packed. */
        public Source changing(String name, UnaryOperator<byte[]> change) {
            changes.put(name, change);
            return this;
        }

        /** Packs what another jar has in place of a compiled file. */
        public Source replacing(Path jar, String name) throws IOException {
            try (JarFile from = new JarFile(jar.toFile());
                    InputStream in = from.getInputStream(from.getEntry(name))) {
                byte[] other = in.readAllBytes();
                return changing(name, bytes -> other);
            }
        }

        /** Leaves a compiled file out. */
        public Source without(String name) {
            return changing(name, bytes -> new byte[0]);
        }

        public Path jar(Path file) {
            try {
                Path classes = compile();
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file);
                        ZipOutputStream zip = new ZipOutputStream(out)) {
                    zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                    manifest.write(zip);
                    for (Path compiled : files(classes)) {
                        String name = classes.relativize(compiled).toString();
                        byte[] bytes = Files.readAllBytes(compiled);
                        bytes = changes.getOrDefault(name, UnaryOperator.identity())
                                .apply(bytes);
                        if (bytes.length > 0) {
                            zip.putNextEntry(new ZipEntry(name));
                            zip.write(bytes);
                        }
                    }
                    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                        zip.putNextEntry(new ZipEntry(entry.getKey()));
                        zip.write(entry.getValue());
                    }
                }
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path compile() throws IOException {
            Path sources = Files.createDirectories(work.resolve("src" + ++count));
            Path classes = Files.createDirectories(work.resolve("classes" + count));
            List<String> command = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-nowarn"));
            String path = Stream.concat(Stream.of(api(), onModulePath("jspecify-")), libraries.stream())
                    .map(Path::toString)
                    .reduce((a, b) -> a + File.pathSeparator + b)
                    .orElseThrow();
            command.addAll(List.of(modular ? "--module-path" : "--class-path", path));
            command.addAll(options);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path java = sources.resolve(file.getKey());
                Files.createDirectories(java.getParent());
                command.add(Files.writeString(java, file.getValue()).toString());
            }
            if (files.isEmpty()) {
                return classes;
            }
            StringWriter said = new StringWriter();
            PrintWriter out = new PrintWriter(said);
            int status = java.util.spi.ToolProvider.findFirst("javac")
                    .orElseThrow(() -> new IllegalStateException("The tests need a JDK with javac"))
                    .run(out, out, command.toArray(String[]::new));
            if (status != 0) {
                throw new IllegalArgumentException("The tiny plugin does not compile:\n" + said);
            }
            return classes;
        }

        private static List<Path> files(Path folder) throws IOException {
            try (Stream<Path> walk = Files.walk(folder)) {
                return walk.filter(Files::isRegularFile).sorted().toList();
            }
        }
    }
}
