package dev.portcullis.sample.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of certain days: {@code 09:00-17:00}, {@code Mon-Fri 09:00-17:00}, {@code Sat,Sun 22:00-05:00}. A window that ends
 * before it begins ends on the next day; {@code 24:00} is the end of the day.
 *
 * @param days on which it begins
 * @param text as configured
 */
record HourWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, String text) {
    /** One occurrence; the end is not part of it. */
    record Span(Instant start, Instant end) {}

    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z,-]+)\\s+)?(\\d\\d:\\d\\d)\\s*-\\s*(\\d\\d:\\d\\d)");
    private static final String END_OF_DAY = "24:00";

    static HourWindow parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw notAWindow(text);
        }
        String days = form.group(1);
        try {
            LocalTime from = LocalTime.parse(form.group(2));
            LocalTime to = form.group(3).equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(form.group(3));
            boolean empty = from.equals(to) && !form.group(3).equals(END_OF_DAY);
            if (empty) {
                throw notAWindow(text);
            }
            return new HourWindow(days == null ? EnumSet.allOf(DayOfWeek.class) : days(days), from, to, text.strip());
        } catch (DateTimeException noTime) {
            throw notAWindow(text);
        }
    }

    /** The occurrence that begins on a day, if one does. Local times that a change of clocks skips move on with it. */
    Optional<Span> on(LocalDate day, ZoneId zone) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        return Optional.of(new Span(
                day.atTime(from).atZone(zone).toInstant(),
                last.atTime(to).atZone(zone).toInstant()));
    }

    private static Set<DayOfWeek> days(String list) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String item : list.split(",", -1)) {
            String[] ends = item.split("-", -1);
            DayOfWeek day = day(ends[0], list);
            DayOfWeek last = day(ends[ends.length - 1], list);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name, String list) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(name)
                    || day.name().equalsIgnoreCase(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException(
                "\"" + name + "\" in \"" + list
                        + "\" is no day. Days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, ranges such as Mon-Fri, or lists such as Sat,Sun.");
    }

    private static IllegalArgumentException notAWindow(String text) {
        return new IllegalArgumentException("\"" + text
                + "\" is no time window. Write hours such as 09:00-17:00, with days before them if they are not for every day:"
                + " Mon-Fri 09:00-17:00.");
    }
}
