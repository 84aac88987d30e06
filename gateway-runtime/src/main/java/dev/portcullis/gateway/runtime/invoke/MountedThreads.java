package dev.portcullis.gateway.runtime.invoke;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** Where virtual threads are mounted. */
final class MountedThreads {
    private static final Pattern THREAD = Pattern.compile("^\"(.*)\" #\\d+ \\[(\\d+)] ");
    private static final Pattern CARRYING = Pattern.compile("^\\s+Carrying virtual thread #(\\d+)");

    /**
     * A carrier.
     *
     * @param number of the operating system
     */
    record Place(String carrier, int number) {
        boolean has(Thread virtual) {
            return MountedThreads.carrier(virtual).equals(carrier);
        }
    }

    private MountedThreads() {}

    /** The carrier that a virtual thread is mounted on, or nothing: the JDK shows it in {@link Thread#toString()} alone. */
    static String carrier(Thread virtual) {
        String shown = virtual.toString();
        int at = shown.lastIndexOf('@');
        return at > shown.lastIndexOf(']') ? shown.substring(at + 1) : "";
    }

    /**
     * The places of virtual threads, by their ids. Stops all threads for a moment: only {@code jcmd Thread.print} knows the
     * numbers.
     */
    static Map<Long, Place> places() throws JMException {
        String dump = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "threadPrint",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<Long, Place> places = new HashMap<>();
        Place place = new Place("", 0);
        for (String line : (Iterable<String>) dump.lines()::iterator) {
            Matcher start = THREAD.matcher(line);
            Matcher carrying = CARRYING.matcher(line);
            if (start.find()) {
                place = new Place(start.group(1), Integer.parseInt(start.group(2)));
            } else if (carrying.find()) {
                places.put(Long.valueOf(carrying.group(1)), place);
            }
        }
        return places;
    }
}
