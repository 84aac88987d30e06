package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.invoke.Outcome;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/http-api.md} says what the code does. */
class HttpApiDocumentTest {
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\d{3}) \\| `(\\w+)` \\| .* \\|");
    private static final Pattern TYPE = Pattern.compile("\"type\":\"(\\w+)\"");

    private static String document() throws IOException {
        return Files.readString(Path.of(System.getProperty("project.basedir")).resolve("../docs/http-api.md"));
    }

    @Test
    void everyOutcomeHasItsRowAndEveryRowItsOutcome() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        Matcher rows = ROW.matcher(document());
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2) + " " + rows.group(3));
        }

        Map<String, String> answered = new TreeMap<>();
        for (Class<?> type : Outcome.class.getPermittedSubclasses()) {
            if (Set.of("Completed", "Cancelled").contains(type.getSimpleName())) {
                continue;
            }
            Outcome outcome = sample(type);
            String answer = new String(Answers.of(outcome).render(true, true, ""), StandardCharsets.UTF_8);
            Matcher error = TYPE.matcher(answer);
            assertTrue(error.find(), answer);
            answered.put(outcome.code(), Answers.of(outcome).status() + " " + error.group(1));
        }
        assertEquals(answered, documented);
    }

    @Test
    void boundsAreThoseOfTheCode() throws Exception {
        assertTrue(document().contains("at most " + ToolsInvokeHandler.LARGEST_BODY + " bytes"));
        assertTrue(document().contains("within " + ToolsInvokeHandler.BODY_TIME.toSeconds() + " seconds"));
    }

    private static Outcome sample(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        Object[] values = Arrays.stream(components)
                .map(component -> component.getType() == Duration.class ? (Object) Duration.ofSeconds(1) : "x")
                .toArray();
        return (Outcome) constructor.newInstance(values);
    }
}
