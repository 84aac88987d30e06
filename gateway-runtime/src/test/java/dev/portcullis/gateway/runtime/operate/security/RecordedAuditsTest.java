package dev.portcullis.gateway.runtime.operate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Audits that were recorded from the reference gateway: the same findings, by id and severity, but for what
 * {@code audit-differences.txt} and {@code audit-unconcerned.txt} say, and why. Portcullis' own findings come on top.
 */
class RecordedAuditsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void everyAuditFindsTheSameButForWhatIsSaid() throws IOException {
        Map<String, Difference> differences = differences();
        Set<String> unused = new TreeSet<>(differences.keySet());
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (JsonNode recorded : cases()) {
            String id = recorded.get("id").asString();
            Set<String> expected = expected(recorded);
            Difference difference = differences.get(id);
            if (difference != null) {
                unused.remove(id);
                expected = difference.of(expected);
            }
            Set<String> found = found(recorded, folder.resolve(String.valueOf(compared)));
            compared++;
            if (!expected.equals(found)) {
                different.add(id + "\n  expected " + expected + "\n  found    " + found);
            }
        }

        assertEquals("", String.join("\n", different));
        assertEquals(Set.of(), unused, "differences of recordings that are not there");
        assertEquals(121, compared);
    }

    /** What Portcullis finds besides, and what it does not find. */
    private record Difference(Set<String> more, Set<String> less) {
        Set<String> of(Set<String> recorded) {
            Set<String> expected = new TreeSet<>(recorded);
            assertTrue(expected.containsAll(less), () -> "not recorded: " + less);
            expected.removeAll(less);
            more.forEach(one -> assertTrue(expected.add(one), () -> "recorded anyway: " + one));
            return expected;
        }
    }

    private static Map<String, Difference> differences() throws IOException {
        Map<String, Difference> differences = new HashMap<>();
        resource("audit-differences.txt")
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .forEach(parts ->
                        differences.put(parts[0], new Difference(marked(parts[1], "+"), marked(parts[1], "-"))));
        return differences;
    }

    private static Set<String> marked(String words, String mark) {
        return Stream.of(words.split(" "))
                .filter(word -> word.startsWith(mark))
                .map(word -> word.substring(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> expected(JsonNode recorded) throws IOException {
        if (recorded.has("json")) {
            return Set.of("portcullis.config.invalid:critical");
        }
        List<String> unconcerned = unconcerned();
        return recorded.path("findings")
                .valueStream()
                .filter(finding -> unconcerned.stream()
                        .noneMatch(prefix -> finding.get("checkId").asString().startsWith(prefix)))
                .map(finding -> finding.get("checkId").asString() + ":"
                        + finding.get("severity").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(JsonNode recorded, Path folder) throws IOException {
        Subjects subjects = new Subjects(Files.createDirectory(folder));
        prepare(recorded, subjects);
        Map<String, String> variables = new HashMap<>();
        recorded.path("env")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asString()));
        AuditSubject subject = subjects.subject(variables, AuditSubject.Assumed.NOTHING);
        SecurityAudit audit = new SecurityAudit(SecurityAudit.BUDGET);
        AuditReport report = switch (recorded.get("mode").asString()) {
            case "deep" -> audit.deep(subject, Probes.down());
            case "deep-live" -> audit.deep(subject, Probes.answering());
            default -> audit.run(subject);
        };
        boolean invalid = recorded.has("json") && !subject.problems().isEmpty();
        return report.findings().stream()
                .filter(finding -> invalid
                        ? finding.checkId().equals("portcullis.config.invalid")
                        : !finding.checkId().startsWith("portcullis."))
                .map(finding -> finding.checkId() + ":" + finding.severity().word())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void prepare(JsonNode recorded, Subjects subjects) throws IOException {
        subjects.config(filled(recorded.get("config").toString(), subjects));
        for (Map.Entry<String, JsonNode> file : recorded.path("files").properties()) {
            Files.writeString(
                    subjects.state.resolve(file.getKey()), file.getValue().asString());
        }
        for (JsonNode command : recorded.path("fs")) {
            List<String> words = command.valueStream()
                    .map(word -> filled(word.asString(), subjects))
                    .toList();
            Path last = subjects.state.resolve(words.getLast());
            switch (words.getFirst()) {
                case "chmod" -> Files.setPosixFilePermissions(last, permissions(words.get(1)));
                case "mkdir" -> Files.createDirectories(last);
                case "mv" -> Files.move(Path.of(words.get(1)), last);
                case "ln" -> Files.createSymbolicLink(last, Path.of(words.get(2)));
                default -> throw new IllegalArgumentException("Unknown command " + words);
            }
        }
    }

    private static String filled(String text, Subjects subjects) {
        return text.replace("\"$PORT\"", "18789").replace("$STATE_DIR", subjects.state.toString());
    }

    private static Set<PosixFilePermission> permissions(String octal) {
        StringBuilder text = new StringBuilder();
        octal.chars()
                .map(digit -> digit - '0')
                .forEach(bits -> text.append((bits & 4) != 0 ? 'r' : '-')
                        .append((bits & 2) != 0 ? 'w' : '-')
                        .append((bits & 1) != 0 ? 'x' : '-'));
        return PosixFilePermissions.fromString(text.toString());
    }

    private static List<JsonNode> cases() throws IOException {
        return resource("audit-cases.jsonl").map(JSON::readTree).toList();
    }

    private static List<String> unconcerned() throws IOException {
        return lines("audit-unconcerned.txt").keySet().stream()
                .map(id -> id.replace("*", ""))
                .toList();
    }

    private static Map<String, String> lines(String name) throws IOException {
        return resource(name)
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static Stream<String> resource(String name) throws IOException {
        try (InputStream in = RecordedAuditsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank()).toList().stream();
        }
    }
}
