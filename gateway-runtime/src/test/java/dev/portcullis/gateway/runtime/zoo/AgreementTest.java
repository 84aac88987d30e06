package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** List, inspection, readiness and log say the same about one plugin that serves and one that does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class AgreementTest {
    @TempDir
    static Path home;

    private Zoo zoo;

    @BeforeAll
    void open() throws Exception {
        zoo = Zoo.open(home, "}");
        Path sound = zoo.workshop.resolve("sound");
        Path library = zoo.tiny
                .source()
                .moduleWithout("other.lib", "exports other;")
                .type("other.Words", "public class Words { public static String one() { return \"one\"; } }")
                .jar(sound.resolve("library.jar"));
        Sources.provider(
                        zoo.tiny,
                        "sound",
                        "\"sound\"",
                        "return List.of(Tool.of(ToolDescriptor.named(\"sound\").description(\"says one\")"
                                + ".input(InputSchema.object().requiredString(\"city\")"
                                + ".property(\"s\", Map.of(\"pattern\", \"^(a+)+$\"), false)).build(),"
                                + " c -> ToolResult.text(other.Words.one())));")
                .module(
                        "zoo.sound",
                        "requires other.lib;",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with zoo.sound.Tools;")
                .options("--module-version", "2.5")
                .with(library)
                .jar(sound.resolve("sound.jar"));
        Path broken = Sources.provider(
                        zoo.tiny, "broken", "\"broken\"", "throw new IllegalStateException(\"no luck\");")
                .options("--module-version", "0.9")
                .jar(zoo.workshop.resolve("broken.jar"));
        zoo.bring(List.of(sound, broken));
        zoo.await(
                "both are judged",
                () -> zoo.named("loaded").contains("sound")
                        && zoo.named("quarantined").contains("broken.jar"));
    }

    @AfterAll
    void close() throws Exception {
        zoo.close();
    }

    private JsonNode listed(String name) {
        for (JsonNode plugin : zoo.plugins()) {
            if (plugin.get("name").asString().equals(name)) {
                return plugin;
            }
        }
        throw new AssertionError("not listed: " + name);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    @Test
    void aboutThePluginThatServes() {
        JsonNode listed = listed("sound");
        JsonNode inspected = zoo.read("/portcullis/v1/plugins/sound");
        JsonNode ready = zoo.read("/readyz");

        listed.propertyNames().stream()
                .filter(fact -> !fact.equals("tools"))
                .forEach(fact -> assertEquals(listed.get(fact), inspected.get(fact), fact));
        assertEquals("loaded", listed.get("status").asString());
        assertEquals(
                zoo.folder.resolve("sound").toString(), listed.get("source").asString());
        assertEquals("2.5", listed.get("version").asString());
        assertTrue(listed.get("apiVersion").asString().startsWith("1.0"));
        assertEquals(64, listed.get("sha256").asString().length());
        assertEquals(List.of("tools"), texts(listed.get("provides")));
        assertEquals(List.of("sound"), texts(listed.get("tools")));
        assertEquals("zoo.sound", inspected.get("module").asString());
        assertEquals("module layer of its own", inspected.get("kind").asString());
        assertEquals("other.lib", inspected.at("/modules/0/name").asString());
        assertEquals(List.of("java.base"), texts(inspected.at("/modules/0/reads")));
        assertEquals("zoo.sound", inspected.at("/modules/1/name").asString());
        assertTrue(texts(inspected.at("/modules/1/reads"))
                .containsAll(List.of("dev.portcullis.gateway.api", "java.base", "other.lib")));
        assertEquals("sound", inspected.at("/tools/0/name").asString());
        assertTrue(
                texts(inspected.get("warnings"))
                        .contains(
                                "The input schema of tool sound lets a small call make much work: properties.s.pattern"
                                        + " repeats what repeats itself, which may take very long to match. Checks are bounded, so"
                                        + " such calls get 400; its author should bound or simplify it."),
                inspected.get("warnings")::toString);
        assertEquals(zoo.read("/portcullis/v1/tools/sound").get("inputSchema"), inspected.at("/tools/0/inputSchema"));
        assertFalse(texts(ready.get("quarantined")).contains("sound"));
        assertEquals(List.of(), zoo.log.with("Plugin sound is not"));
    }

    @Test
    void aboutThePluginThatDoesNot() throws Exception {
        JsonNode listed = listed("broken.jar");
        JsonNode inspected = zoo.read("/portcullis/v1/plugins/broken");
        JsonNode ready = zoo.read("/readyz");
        String problem = listed.get("problem").asString();

        assertTrue(
                problem.startsWith("Plugin broken.jar is not loaded (" + zoo.folder.resolve("broken.jar")
                        + "). zoo.broken.Tools.tools(…) threw IllegalStateException: no luck. "),
                problem);
        listed.propertyNames().forEach(fact -> assertEquals(listed.get(fact), inspected.get(fact), fact));
        assertEquals(List.of("broken.jar"), texts(ready.get("quarantined")));
        assertEquals(List.of(problem), texts(ready.get("problems")));
        assertEquals(1, zoo.log.with(problem).size(), "said once in the log");
        assertEquals("0.9", inspected.get("version").asString());
        assertTrue(inspected.get("apiVersion").asString().startsWith("1.0"));
        assertEquals(
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(Files.readAllBytes(zoo.folder.resolve("broken.jar")))),
                inspected.get("sha256").asString());
        assertEquals("zoo.broken", inspected.get("module").asString());
        assertEquals(List.of("tool provider"), texts(inspected.get("provides")));
    }

    @Test
    void whatPluginsSaidIsNotForThoseWithoutACredential() {
        assertEquals(200, zoo.status("/readyz"));
        assertTrue(zoo.anonymous("/readyz").contains("\"quarantined\":[\"broken.jar\"]"));
        assertFalse(zoo.anonymous("/readyz").contains("no luck"));
    }
}
