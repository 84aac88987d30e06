package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
    @TempDir
    Path state;

    private CommandRunner command;

    @BeforeEach
    void open() throws Exception {
        command = new CommandRunner(state);
        Files.writeString(state.resolve("audit.jsonl"), """
                {"time":"%s","invocation":"A-1","client":"127.0.0.1","principal":"operator","method":"token","tool":"probe","session":"agent:main:main","agent":"main","decision":"denied","label":"tools.deny","reason":"It is on the list.","change":"take it off the list","plugin":"textkit","outcome":"not_available","status":404,"durationMs":0.5}
                {"time":"%s","invocation":"A-2","client":"192.0.2.7","authFailure":"token_mismatch","outcome":"unauthorized","status":401,"durationMs":0.1}
                {"time":"%s","invocation":"A-3","client":"127.0.0.1","principal":"operator","tool":"echo","outcome":"completed","status":200,"durationMs":2}
                """.formatted(
                Instant.now().minus(Duration.ofHours(3)), Instant.now().minus(Duration.ofMinutes(3)), Instant.now()));
    }

    private static List<String> ids(CommandRunner.Ran ran) {
        return Fields.of(ran.json()).objects("records").stream()
                .map(entry -> entry.text("invocation"))
                .toList();
    }

    @Test
    void listShowsTheNewestLast() throws Exception {
        CommandRunner.Ran ran = command.run("audit", "list");

        assertEquals(0, ran.exit(), ran.err());
        assertTrue(ran.out().indexOf("A-1") < ran.out().indexOf("A-3"), ran.out());
    }

    @Test
    void listTakesOnlyWhatIsAskedFor() throws Exception {
        assertEquals(List.of("A-1", "A-2"), ids(command.run("--json", "audit", "list", "--failed")));
        assertEquals(List.of("A-2", "A-3"), ids(command.run("--json", "audit", "list", "--since", "1h")));
        assertEquals(List.of("A-1"), ids(command.run("--json", "audit", "list", "--label", "tools.deny")));
        assertEquals(List.of("A-2"), ids(command.run("--json", "audit", "list", "--client", "192.0.2.7")));
        assertEquals(List.of("A-3"), ids(command.run("--json", "audit", "list", "--limit", "1")));
    }

    @Test
    void nonsenseIsSaidInOneLineAndReadsNothing() throws Exception {
        CommandRunner.Ran ran = command.run("audit", "list", "--since", "yesterday");

        assertEquals(ExitStatus.USAGE, ran.exit());
        assertTrue(ran.err().contains("\"yesterday\""), ran.err());
    }

    @Test
    void whyNamesTheStepTheReasonAndTheChange() throws Exception {
        CommandRunner.Ran ran = command.run("audit", "why", "A-1");

        assertEquals(0, ran.exit(), ran.err());
        for (String part :
                List.of("tools.deny", "It is on the list.", "take it off the list", "textkit", "agent:main:main")) {
            assertTrue(ran.out().contains(part), ran.out());
        }
    }

    @Test
    void whyKnowsAFailedAuthentication() throws Exception {
        Fields answer = Fields.of(command.run("--json", "audit", "why", "A-2").json());

        assertEquals("authentication", answer.text("step"));
        assertTrue(answer.text("reason").contains("token_mismatch"));
    }

    @Test
    void unknownInvocationIsAFailureThatSaysWhereItLooked() throws Exception {
        CommandRunner.Ran ran = command.run("audit", "show", "B-9");

        assertEquals(ExitStatus.FAILED, ran.exit());
        assertTrue(ran.err().contains("B-9") && ran.err().contains("audit.jsonl"), ran.err());
    }

    @Test
    void showHasEveryField() throws Exception {
        assertEquals(
                "textkit",
                ((Map<?, ?>) command.run("--json", "audit", "show", "A-1").json()).get("plugin"));
    }
}
