package dev.portcullis.gateway.runtime.zoo;

import dev.portcullis.gateway.runtime.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code docs/plugin-faults.md}. */
final class FaultTables {
    private static final Document DOCUMENT = Document.of("plugin-faults.md");

    private FaultTables() {}

    /** One line of a table: what a message says, and then advises. */
    record Row(String fault, Pattern message) {
        boolean holds(String text) {
            return message.matcher(text).find();
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    static List<Row> of(String says, String... headings) {
        List<Row> rows = new ArrayList<>();
        for (String heading : headings) {
            for (Map<String, String> row : DOCUMENT.table(heading)) {
                String both = "(?=.*" + quoted(row.get(says)) + ")(?=.*" + quoted(row.get("and advises")) + ")";
                rows.add(new Row(row.get("fault"), Pattern.compile(both, Pattern.DOTALL)));
            }
        }
        return rows;
    }

    private static String quoted(String cell) {
        return Document.code(cell).stream()
                .map(code ->
                        Arrays.stream(code.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .collect(Collectors.joining(".*"));
    }

    /** Lines that no text shows, and texts that no line knows. */
    static List<String> differences(List<Row> rows, Map<String, String> texts) {
        List<String> differences = new ArrayList<>();
        rows.stream()
                .filter(row -> texts.values().stream().noneMatch(row::holds))
                .forEach(row -> differences.add("no plugin shows: " + row));
        texts.forEach((name, text) -> {
            if (rows.stream().noneMatch(row -> row.holds(text))) {
                differences.add("no line knows " + name + ": " + text);
            }
        });
        return differences;
    }
}
