package dev.portcullis.gateway.runtime.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reviewed list of recorded cases that do not apply. One line each: class, pattern of ids, reason. Instead of ids a line
 * may name {@code tool:} a pattern of tools, whose results are then not expected, or {@code field:} fields of results.
 *
 * <p>Class {@code a} is the result of a tool that Portcullis does not ship; class {@code b} a decision in
 * {@code docs/decisions}, named in the reason.
 */
final class Exclusions {
    private static final String TOOL = "tool:";
    private static final String FIELD = "field:";

    record Line(String kind, String what, String reason) {
        boolean excludes(RecordedCase recorded, boolean differs) {
            if (what.startsWith(TOOL)) {
                return differs && recorded.tool().matches(what.substring(TOOL.length()));
            }
            return recorded.id().matches(what);
        }
    }

    private final List<Line> lines;
    private final Set<Line> used = new LinkedHashSet<>();

    private Exclusions(List<Line> lines) {
        this.lines = lines;
    }

    static Exclusions read() throws IOException {
        try (InputStream in = Exclusions.class.getResourceAsStream("exclusions.txt")) {
            List<Line> lines = new ArrayList<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(" \\| ", 3);
                        if (parts.length != 3 || !parts[0].matches("[ab]") || parts[2].isBlank()) {
                            throw new IllegalArgumentException("Not \"class | pattern | reason\": " + line);
                        }
                        lines.add(new Line(parts[0], parts[1], parts[2]));
                    });
            return new Exclusions(lines);
        }
    }

    Optional<Line> of(RecordedCase recorded, boolean differs) {
        Optional<Line> found = lines.stream()
                .filter(line -> !line.what.startsWith(FIELD) && line.excludes(recorded, differs))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    /** Fields of results that are not held against us. */
    Set<String> fields() {
        return lines.stream()
                .map(Line::what)
                .filter(what -> what.startsWith(FIELD))
                .flatMap(what -> Stream.of(what.substring(FIELD.length()).split(",")))
                .collect(Collectors.toSet());
    }

    List<Line> unused() {
        return lines.stream()
                .filter(line -> !used.contains(line) && !line.what.startsWith(FIELD))
                .toList();
    }
}
