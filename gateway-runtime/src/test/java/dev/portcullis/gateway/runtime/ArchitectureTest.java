package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.portcullis.gateway.api.tool.Tool;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureTest {
    private static final Path BUILD = Path.of(System.getProperty("project.basedir"), "target");
    private static final String BASE = "dev.portcullis.gateway.runtime";

    @TestFactory
    Stream<DynamicTest> houseKeepsItsWalls() {
        JavaClasses house = new ClassFileImporter().importPath(BUILD.resolve("classes"));
        return new Architecture(BASE)
                .rules().entrySet().stream()
                        .map(rule ->
                                dynamicTest(rule.getKey(), () -> rule.getValue().check(house)));
    }

    @Test
    void everyRoomHasItsArrows() throws Exception {
        try (Stream<Path> rooms =
                Files.list(Path.of(System.getProperty("project.basedir"), "src/main/java", BASE.replace('.', '/')))) {
            Set<String> known = new TreeSet<>(new Architecture(BASE).rules().keySet());
            rooms.filter(Files::isDirectory)
                    .map(room -> room.getFileName().toString())
                    .forEach(room -> assertTrue(
                            known.stream().anyMatch(rule -> rule.startsWith(room + " knows only ")),
                            () -> "No arrows are drawn for the room " + room));
        }
    }

    /** A house in which every class breaks one wall. */
    @TestFactory
    Stream<DynamicTest> wallThatIsBrokenIsNamed(@TempDir Path folder) throws Exception {
        JavaClasses ruin = compile(folder);
        Architecture architecture = new Architecture("ruin");
        return Stream.of(
                        "rooms form no cycle",
                        "only ToolExecutor runs a tool",
                        "the catalog gives out a tool for a permission only",
                        "only the policy room makes a permission",
                        "config knows only []")
                .map(rule -> dynamicTest(rule, () -> {
                    EvaluationResult result = architecture.rules().get(rule).evaluate(ruin);
                    assertTrue(result.hasViolation(), "not noticed");
                    assertFalse(result.getFailureReport().toString().contains("ToolExecutor.run"), result::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> libraryInTheWrongRoomIsNamed(@TempDir Path folder) throws Exception {
        JavaClasses ruin = compile(folder);
        return new Architecture("ruin")
                .rules().entrySet().stream()
                        .filter(rule -> rule.getKey().startsWith("java.sql is known to ")
                                || rule.getKey().startsWith("tools.jackson is known to "))
                        .map(rule -> dynamicTest(
                                rule.getKey(),
                                () -> assertTrue(rule.getValue().evaluate(ruin).hasViolation())));
    }

    /** The wall that needs no test to stand: outside its room the compiler refuses to make a permission. */
    @Test
    void permissionCannotBeMadeOutsideItsRoom(@TempDir Path folder) {
        String source = "package " + BASE + ".http;" + " class Forged { Object it = new " + BASE
                + ".policy.Allowed(\"exec\"); }";
        StringWriter output = new StringWriter();

        boolean compiled = compile(folder, List.of(new Source("Forged", source)), output);

        assertFalse(compiled);
        assertTrue(output.toString().contains("not public in"), output::toString);
    }

    private static JavaClasses compile(Path folder) {
        StringWriter output = new StringWriter();
        boolean compiled = compile(
                folder,
                List.of(
                        new Source("Allowed", "package ruin.policy; public class Allowed { public Allowed() {} }"),
                        new Source("ToolCatalog", """
                                package ruin.catalog;
                                import dev.portcullis.gateway.api.tool.Tool;
                                public class ToolCatalog {
                                    public java.util.Optional<Tool> find(ruin.policy.Allowed permission) {
                                        return java.util.Optional.empty();
                                    }
                                    public java.util.List<Tool> all() { return java.util.List.of(); }
                                }
                                """),
                        new Source("ToolExecutor", """
                                package ruin.invoke;
                                import dev.portcullis.gateway.api.tool.Tool;
                                public class ToolExecutor {
                                    Object run(Tool tool) throws Exception { return tool.invoke(null); }
                                }
                                """),
                        new Source("Handler", """
                                package ruin.http;
                                import dev.portcullis.gateway.api.tool.Tool;
                                public class Handler {
                                    public static final Object PERMISSION = new ruin.policy.Allowed();
                                    Tool.Handler reference(Tool tool) { return tool::invoke; }
                                }
                                """),
                        new Source("Reader", """
                                package ruin.config;
                                public class Reader {
                                    Object known = new ruin.http.Handler();
                                    java.sql.Connection connection;
                                }
                                """),
                        new Source("Server", """
                                package ruin.http;
                                public class Server { Object known = new ruin.config.Reader(); }
                                """),
                        new Source("Store", """
                                package ruin.session;
                                public class Store { tools.jackson.databind.JsonNode node; }
                                """)),
                output);
        assertEquals("", output.toString());
        assertTrue(compiled);
        return new ClassFileImporter().importPath(folder);
    }

    private static boolean compile(Path folder, List<Source> sources, StringWriter output) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = String.join(
                System.getProperty("path.separator"),
                BUILD.resolve("classes").toString(),
                locationOf(Tool.class),
                locationOf(tools.jackson.databind.JsonNode.class),
                locationOf(tools.jackson.core.JsonParser.class));
        List<String> options = List.of("-proc:none", "-classpath", classPath, "-d", folder.toString());
        return compiler.getTask(output, null, null, options, null, sources).call();
    }

    private static String locationOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
