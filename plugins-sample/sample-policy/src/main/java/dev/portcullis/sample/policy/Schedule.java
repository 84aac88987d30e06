package dev.portcullis.sample.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When one tool, group or pattern is open; without windows, never.
 *
 * @param tool as configured
 */
record Schedule(String tool, List<HourWindow> windows) {
    private static final int DAYS_OF_A_WEEK = 7;

    Schedule {
        windows = List.copyOf(windows);
    }

    boolean open(Instant now, ZoneId zone) {
        return spans(now, zone).anyMatch(span -> !now.isBefore(span.start()) && now.isBefore(span.end()));
    }

    /** When it opens or closes next; never, if it has no windows. */
    Optional<Instant> nextChange(Instant now, ZoneId zone) {
        return spans(now, zone)
                .flatMap(span -> Stream.of(span.start(), span.end()))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** For people. */
    String hours() {
        return windows.isEmpty()
                ? "never"
                : windows.stream().map(HourWindow::text).collect(Collectors.joining(", "));
    }

    /** From yesterday, whose window may reach over midnight, to the same day next week. */
    private Stream<HourWindow.Span> spans(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return today.minusDays(1)
                .datesUntil(today.plusDays(DAYS_OF_A_WEEK + 1))
                .flatMap(day -> windows.stream().flatMap(window -> window.on(day, zone).stream()));
    }
}
