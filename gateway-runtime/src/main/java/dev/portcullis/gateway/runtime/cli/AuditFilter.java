package dev.portcullis.gateway.runtime.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records are wanted. */
final class AuditFilter {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Not before: 90s, 15m, 2h or 3d ago, or an instant such as 2026-01-02T03:04:05Z.")
    @Nullable
    String since;

    @Option(names = "--tool", paramLabel = "NAME", description = "Of this tool.")
    @Nullable
    String tool;

    @Option(
            names = "--outcome",
            paramLabel = "CODE",
            description = "With this outcome, such as completed, not_available or unauthorized.")
    @Nullable
    String outcome;

    @Option(names = "--principal", paramLabel = "NAME", description = "Of this principal.")
    @Nullable
    String principal;

    @Option(names = "--client", paramLabel = "ADDRESS", description = "From this client.")
    @Nullable
    String client;

    @Option(names = "--label", paramLabel = "LABEL", description = "Denied by this step, such as tools.deny.")
    @Nullable
    String label;

    @Option(names = "--failed", description = "Only what did not end with a result.")
    boolean failed;

    Predicate<Map<String, Object>> predicate(Instant now) {
        Instant from = since == null ? Instant.MIN : since(since, now);
        return entry -> is(entry, "tool", tool)
                && is(entry, "outcome", outcome)
                && is(entry, "principal", principal)
                && is(entry, "client", client)
                && is(entry, "label", label)
                && !(failed && "completed".equals(entry.get("outcome")))
                && (since == null || !time(entry).isBefore(from));
    }

    private static boolean is(Map<String, Object> entry, String field, @Nullable String wanted) {
        return wanted == null || wanted.equals(entry.get(field));
    }

    private static Instant time(Map<String, Object> entry) {
        try {
            return Instant.parse(String.valueOf(entry.get("time")));
        } catch (DateTimeException damaged) {
            return Instant.MIN;
        }
    }

    private static Instant since(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                long count = Long.parseLong(ago.group(1));
                return now.minus(
                        switch (ago.group(2)) {
                            case "s" -> Duration.ofSeconds(count);
                            case "m" -> Duration.ofMinutes(count);
                            case "h" -> Duration.ofHours(count);
                            default -> Duration.ofDays(count);
                        });
            }
            return Instant.parse(text);
        } catch (DateTimeException unknown) {
            throw CliException.usage(
                    "--since is \"" + text
                            + "\": it must be a count of s, m, h or d, such as 15m, or an instant such as 2026-01-02T03:04:05Z");
        }
    }
}
