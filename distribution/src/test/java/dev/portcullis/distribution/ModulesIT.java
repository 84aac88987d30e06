package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModulesIT {
    private static final Path TEXTS = Archive.PROJECT.resolve("src/test/resources/modules");
    private static final ModuleFinder LIB = ModuleFinder.of(Archive.FOLDER.resolve("lib"));

    static Stream<Path> ourJars() throws Exception {
        Stream<Path> lib = Stream.concat(
                Stream.of(Archive.FOLDER.resolve("repository/dev/portcullis/gateway-testkit/" + Archive.VERSION
                        + "/gateway-testkit-" + Archive.VERSION + ".jar")),
                Archive.jars(Archive.FOLDER).stream()
                        .filter(jar -> jar.getFileName().toString().endsWith("-" + Archive.VERSION + ".jar")));
        Path samples = Archive.PROJECT.resolve("../plugins-sample").normalize();
        if (!Files.isDirectory(samples)) {
            return lib;
        }
        try (Stream<Path> files = Files.walk(samples, 3)) {
            List<Path> built = files.filter(
                            file -> file.getFileName().toString().endsWith("-" + Archive.VERSION + ".jar"))
                    .filter(file -> file.getParent().endsWith("target"))
                    .toList();
            return Stream.concat(lib, built.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("ourJars")
    void descriptorIsTheOneThatWasReviewed(Path jar) throws Exception {
        String actual = describe(jar);
        String module = actual.substring(0, actual.indexOf('@'));
        Path checkedIn = TEXTS.resolve(module + ".txt");
        if (Boolean.getBoolean("modules.update")) {
            Files.createDirectories(TEXTS);
            Files.writeString(checkedIn, actual);
        }

        assertEquals(
                Files.readString(checkedIn),
                actual,
                "The descriptor differs. If that is intended, run the build with -Dmodules.update=true and commit the new text");
    }

    @Test
    void everyJarInLibIsAModuleWithADescriptor() {
        Set<String> withoutOne = LIB.findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.isAutomatic())
                .map(Object::toString)
                .collect(Collectors.toSet());

        assertEquals(Set.of(), withoutOne);
        assertEquals(Archive.jars(Archive.FOLDER).size(), LIB.findAll().size());
    }

    @Test
    void gatewayResolvesWithoutAnAutomaticModule() {
        Configuration resolved = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(LIB, ModuleFinder.of(), Set.of("dev.portcullis.gateway.runtime"));

        assertTrue(resolved.findModule("dev.portcullis.gateway.auth").isPresent());
    }

    @Test
    void runtimeExportsNothingButARoomToTheTestKit() {
        assertEquals(
                Set.of("dev.portcullis.gateway.runtime.kit to [dev.portcullis.gateway.testkit]"),
                LIB.find("dev.portcullis.gateway.runtime").orElseThrow().descriptor().exports().stream()
                        .map(exported -> exported.source() + " to " + exported.targets())
                        .collect(Collectors.toSet()));
    }

    @Test
    void testKitIsNoPartOfTheGateway() {
        assertTrue(LIB.find("dev.portcullis.gateway.testkit").isEmpty());
    }

    @Test
    void builtInsSeeTheApiAlone() {
        for (String builtIn : List.of("dev.portcullis.gateway.tools", "dev.portcullis.gateway.auth")) {
            Set<String> seen = LIB.find(builtIn).orElseThrow().descriptor().requires().stream()
                    .map(required -> required.name())
                    .collect(Collectors.toSet());
            assertFalse(seen.stream().anyMatch(name -> name.startsWith("dev.portcullis.gateway.runtime")), builtIn);
            assertTrue(
                    Set.of("java.base", "dev.portcullis.gateway.api", "org.jspecify")
                            .containsAll(seen),
                    () -> builtIn + " requires " + seen);
        }
    }

    private static String describe(Path jar) {
        StringWriter text = new StringWriter();
        PrintWriter printer = new PrintWriter(text);
        int exit = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(printer, printer, "--describe-module", "--file", jar.toString());
        assertEquals(0, exit, text::toString);
        List<String> lines = text.toString().strip().lines().toList();
        String head = lines.getFirst().replaceAll(" jar:.*", "").replace("@" + Archive.VERSION, "@<version>");
        // The tool's own order is that of a hash table.
        return Stream.concat(Stream.of(head), lines.stream().skip(1).sorted())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
