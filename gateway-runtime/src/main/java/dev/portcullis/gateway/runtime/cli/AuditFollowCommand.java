package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.audit.AuditStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis audit follow}: until it is interrupted. */
@Command(
        name = "follow",
        description = "Show requests as they are recorded, until interrupted; with --json one document a line.")
final class AuditFollowCommand extends AuditCommand {
    private static final long PAUSE_MS = 250;

    /** After records: whoever writes so much archives soon. */
    private static final long SHORT_PAUSE_MS = 20;

    @Mixin
    final AuditFilter filter = new AuditFilter();

    AuditFollowCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(Path file, Output output) {
        var wanted = filter.predicate(Instant.now());
        AtomicBoolean heard = new AtomicBoolean(true);
        try (AuditStream follower = new AuditStream(file)) {
            while (heard.get()) {
                int records = follower.poll(
                        entry -> {
                            if (heard.get() && wanted.test(entry)) {
                                heard.set(
                                        output.now(output.json() ? Json.line(entry) : AuditRow.line(Fields.of(entry))));
                            }
                        },
                        () -> output.remark("Records may be missing here: " + file
                                + " was archived more often than it could be read, and archives were removed. With a"
                                + " larger logging.audit.retention.bytes that is rarer."));
                Thread.sleep(records > 0 ? SHORT_PAUSE_MS : PAUSE_MS);
            }
            return ExitStatus.OK;
        } catch (InterruptedException | ClosedByInterruptException done) {
            Thread.currentThread().interrupt();
            return ExitStatus.OK;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The audit file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }
}
