package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH wrote as JSON, as Markdown. */
final class JmhTable {
    private JmhTable() {}

    /** @param args the folder of the results */
    public static void main(String[] args) throws IOException {
        Path results = Path.of(args[0]);
        StringBuilder text = new StringBuilder("| benchmark | parameters | score | ± (99.9 %) | unit | B/call |\n")
                .append("|---|---|---|---|---|---|\n");
        for (JsonNode one :
                JsonMapper.shared().readTree(results.resolve("jmh.json").toFile())) {
            String name = one.get("benchmark").stringValue();
            StringJoiner parameters = new StringJoiner(", ");
            JsonNode given = one.path("params");
            given.propertyNames()
                    .forEach(key -> parameters.add(key + " " + given.get(key).stringValue()));
            JsonNode score = one.get("primaryMetric");
            JsonNode bytes =
                    one.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %s | %s | %s |%n",
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    parameters,
                    score.get("score").asDouble(),
                    score.get("scoreError").isNumber()
                            ? String.format(
                                    Locale.ROOT, "%.1f", score.get("scoreError").asDouble())
                            : "",
                    score.get("scoreUnit").stringValue(),
                    bytes.isNumber() ? String.format(Locale.ROOT, "%.0f", bytes.asDouble()) : ""));
        }
        Files.writeString(results.resolve("jmh.md"), text);
        System.out.print(text);
    }
}
