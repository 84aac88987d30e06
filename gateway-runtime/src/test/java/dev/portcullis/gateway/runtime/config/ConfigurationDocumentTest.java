package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.portcullis.gateway.runtime.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md against the reader: the keys it asks for, their types, their defaults. */
class ConfigurationDocumentTest {
    private static final Document CONFIGURATION = Document.of("configuration.md");
    private static final List<String> SECTIONS = List.of(
            "gateway",
            "gateway.auth",
            "gateway.invoke",
            "tools",
            "agents",
            "channels",
            "session",
            "plugins",
            "logging",
            "diagnostics",
            "secrets");

    /** Every place where somebody chooses a name has one, called any, and every secret is a reference. */
    private static final String ALL = """
            { gateway: { auth: { token: { source: 'env', provider: 'any', id: 'TOKEN' },
                                 password: { source: 'file', id: '/password' },
                                 identityScopes: { any: [] }, trustedProxy: { userHeader: 'x-user' } },
                         invoke: { timeouts: { any: 1 } },
                         roles: { definitions: { any: {} } } },
              tools: { byProvider: { any: {} }, toolsBySender: { any: {} } },
              agents: { entries: { any: { tools: { byProvider: { any: {} }, toolsBySender: { any: {} } } } },
                        list: [ { id: 'other', tools: { byProvider: { any: {} }, toolsBySender: { any: {} } } } ],
                        third: { tools: {} } },
              channels: { any: { groups: { any: { tools: {}, toolsBySender: { any: {} } } },
                                 accounts: { any: { groups: { any: { tools: {}, toolsBySender: { any: {} } } } } } } },
              plugins: { entries: { any: { config: { any: 1 } } } },
              diagnostics: { otel: { headers: { any: 'x' } } },
              secrets: { defaults: { file: 'files' },
                         providers: { any: { source: 'env', allowlist: ['TOKEN'] },
                                      files: { source: 'file', path: 'secrets.json' } } } }
            """;

    /** Without credentials of its own, those of a client are looked for. */
    private static final String CLIENT =
            "{ gateway: { remote: { token: { source: 'env', id: 'TOKEN' }, password: 'x' } }, secrets: { defaults: {} } }";

    @TempDir
    Path folder;

    @Test
    void everyKeyThatIsReadHasARowAndEveryRowIsReadSomewhere() throws Exception {
        Set<String> written = new TreeSet<>(rows().keySet());
        Set<String> used = keysOfTheReader(folder);
        assertEquals(Set.of(), without(used, written), "read, but not documented");
        assertEquals(Set.of(), without(written, used), "documented, but not read");
    }

    /** What it asks for, whether or not it is written; with * for chosen names. */
    static Set<String> keysOfTheReader(Path folder) throws Exception {
        Path secrets = Files.writeString(folder.resolve("secrets.json"), "{\"password\":\"p4ss\"}");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        Set<String> read = new TreeSet<>();
        for (String text : List.of(ALL, CLIENT)) {
            Path file = Files.writeString(folder.resolve("openclaw.json"), text);
            ConfigReader.used(file, ConfigEnvironment.of(Map.of("TOKEN", "t0ken"))).stream()
                    .map(path -> generic(path.names()))
                    .forEach(read::add);
        }

        return leaves(read, rows().keySet());
    }

    /** Of texts that are shown and decide nothing another type is a warning. */
    private static boolean shown(String key) {
        return key.matches("agents\\.(defaults|entries\\.\\*)\\.(name|identity\\.name|model\\.primary)");
    }

    @TestFactory
    Stream<DynamicTest> everyKeyRefusesAnotherType() {
        return rows().entrySet().stream()
                .filter(row -> !shown(row.getKey()))
                .filter(row -> !row.getKey().startsWith("secrets.")
                        && !row.getKey().startsWith("gateway.remote.")
                        && !row.getKey().equals("agents.entries.*.id")
                        && !row.getValue().get("type").equals("any"))
                .map(row -> dynamicTest(row.getKey(), () -> {
                    String wrong = row.getValue().get("type").equals("list") ? "{}" : "[]";

                    List<ConfigProblem> errors = given().errors(nested(row.getKey(), wrong));

                    assertTrue(
                            errors.stream()
                                    .anyMatch(error -> error.what().startsWith("expected")
                                            && generic(List.of(error.path().split("\\.")))
                                                    .equals(row.getKey())),
                            errors::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyDefaultIsWhatHoldsWithoutTheKey() {
        return rows().entrySet().stream()
                .filter(row -> row.getValue().get("default").matches("`[^`]*`")
                        && !row.getKey().contains("*")
                        && !row.getKey().startsWith("secrets."))
                .map(row -> dynamicTest(row.getKey(), () -> {
                    String literal = Document.plain(row.getValue().get("default"));
                    boolean quoted =
                            Set.of("text", "word").contains(row.getValue().get("type"));

                    // a proxy without its header would be refused
                    String proxy = row.getKey().startsWith("gateway.auth.trustedProxy.")
                            ? "{ gateway: { auth: { trustedProxy: { userHeader: 'x' } } } }"
                            : "{}";
                    GatewayConfig without = given().valid(proxy);
                    String written = nested(row.getKey(), quoted ? "'" + literal + "'" : literal);
                    GatewayConfig with =
                            given().valid(written.replace("'trustedProxy': {", "'trustedProxy': { userHeader: 'x', "));

                    assertEquals(withDocument(without, with.document()), with);
                }));
    }

    @Test
    void defaultsAreChecked() {
        assertFalse(everyDefaultIsWhatHoldsWithoutTheKey().toList().isEmpty());
    }

    private static Set<String> without(Set<String> all, Set<String> those) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }

    static Map<String, Map<String, String>> rows() {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (String section : SECTIONS) {
            CONFIGURATION.table("### " + section).forEach(row -> rows.put(Document.plain(row.get("key")), row));
        }
        return rows;
    }

    /** Without the paths that only lead to others. A key that is an object to its readers too keeps its own row. */
    private static Set<String> leaves(Set<String> read, Set<String> written) {
        Set<String> leaves = new TreeSet<>();
        for (String path : read) {
            boolean leads = read.stream().anyMatch(other -> other.startsWith(path + "."));
            if (!leads || written.contains(path)) {
                leaves.add(path);
            }
        }
        return leaves;
    }

    /** With * for chosen names, and agents always as entries. */
    private static String generic(List<String> path) {
        List<String> names = new ArrayList<>();
        for (String name : path) {
            int index = name.indexOf('[');
            if (index > 0) {
                names.add(name.substring(0, index));
                names.add("*");
            } else {
                names.add(name.equals("any") || name.equals("files") || index == 0 ? "*" : name);
            }
        }
        if (names.size() > 1 && names.getFirst().equals("agents")) {
            if (names.get(1).equals("list") && names.size() > 2) {
                names.set(1, "entries");
            } else if (names.get(1).equals("third")) {
                names.set(1, "*");
                names.add(1, "entries");
            }
        }
        return String.join(".", names);
    }

    private static String nested(String path, String value) {
        StringBuilder text = new StringBuilder(value);
        String[] names = path.split("\\.");
        for (int i = names.length - 1; i >= 0; i--) {
            text.insert(0, "{ '" + (names[i].equals("*") ? "any" : names[i]) + "': ")
                    .append(" }");
        }
        return text.toString();
    }

    private static GatewayConfig withDocument(GatewayConfig config, ConfigDocument document) {
        return new GatewayConfig(
                document,
                config.server(),
                config.auth(),
                config.httpTools(),
                config.invoke(),
                config.tools(),
                config.agents(),
                config.channels(),
                config.session(),
                config.plugins(),
                config.logging(),
                config.audit(),
                config.diagnostics(),
                config.remote());
    }

    private Given given() {
        return new Given(folder);
    }
}
