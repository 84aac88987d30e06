package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/policy.md} has whole configurations: a gateway is asked about each. */
class PolicyExamplesTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```json5\\n(.*?)```\\n\\n((?:\\|[^\\n]*\\n)+)", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("\\| `(\\w+)` \\| (?:`([^`]+)` )?\\| (reachable|404) \\|");

    @TempDir
    Path work;

    private static String document() throws IOException {
        return Files.readString(Path.of(System.getProperty("project.basedir")).resolve("../docs/policy.md"));
    }

    @Test
    void everyWorkedExampleIsAnsweredAsItSays() throws Exception {
        Matcher examples = EXAMPLE.matcher(document());
        int count = 0;
        List<String> wrong = new ArrayList<>();
        while (examples.find()) {
            Path folder = Files.createDirectory(work.resolve("example-" + count++));
            List<String[]> calls = new ArrayList<>();
            Matcher rows = CALL.matcher(examples.group(2));
            while (rows.find()) {
                calls.add(new String[] {rows.group(1), rows.group(2), rows.group(3)});
            }
            assertTrue(calls.size() > 2, examples.group(2));
            List<String> names = calls.stream().map(call -> call[0]).distinct().toList();
            // the address and the token are the test's own
            Map<String, String> variables =
                    Map.of("PORTCULLIS_GATEWAY_PORT", "0", "PORTCULLIS_GATEWAY_TOKEN", TestGateway.TOKEN);
            try (TestGateway gateway = TestGateway.start(
                    folder, examples.group(1), variables, List.of(new IdleTools("examples", names)))) {
                for (String[] call : calls) {
                    String key = call[1] == null ? "" : ",\"sessionKey\":\"" + call[1] + "\"";
                    int status = gateway.invoke("{\"tool\":\"" + call[0] + "\"" + key + "}")
                            .statusCode();
                    if (!(status == 404 ? "404" : "reachable").equals(call[2])) {
                        wrong.add(examples.group(1).strip() + " " + call[0] + " " + call[1] + ": " + status);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(5, count);
    }
}
