package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.audit.AuditFollower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis audit follow}: until it is interrupted. */
@Command(
        name = "follow",
        description = "Show requests as they are recorded, until interrupted; with --json one document a line.")
final class AuditFollowCommand extends AuditCommand {
    private static final long PAUSE_MS = 250;

    @Mixin
    final AuditFilter filter = new AuditFilter();

    AuditFollowCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(Path file, Output output) {
        var wanted = filter.predicate(Instant.now());
        try (AuditFollower follower = new AuditFollower(file)) {
            while (true) {
                for (Map<String, Object> entry : follower.poll()) {
                    if (wanted.test(entry)) {
                        output.now(output.json() ? Json.line(entry) : AuditRow.line(Fields.of(entry)));
                    }
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException | ClosedByInterruptException done) {
            Thread.currentThread().interrupt();
            return ExitStatus.OK;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The audit file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }
}
