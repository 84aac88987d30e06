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
    private static final Pattern THREAD = Pattern.compile("^\".*\" #\\d+ \\[(\\d+)] ");
    private static final Pattern CARRYING = Pattern.compile("^\\s+Carrying virtual thread #(\\d+)");

    private MountedThreads() {}

    /** The carrier that a virtual thread is mounted on, or nothing: the JDK shows it in {@link Thread#toString()} alone. */
    static String carrier(Thread virtual) {
        String shown = virtual.toString();
        int at = shown.lastIndexOf('@');
        return at > shown.lastIndexOf(']') ? shown.substring(at + 1) : "";
    }

    /**
     * The numbers that the operating system has for the carriers, by the id of the virtual thread that is mounted. Stops all
     * threads for a moment: only {@code jcmd Thread.print} knows them.
     */
    static Map<Long, Integer> numbers() throws JMException {
        String dump = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "threadPrint",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<Long, Integer> numbers = new HashMap<>();
        int thread = 0;
        for (String line : (Iterable<String>) dump.lines()::iterator) {
            Matcher start = THREAD.matcher(line);
            Matcher carrying = CARRYING.matcher(line);
            if (start.find()) {
                thread = Integer.parseInt(start.group(1));
            } else if (carrying.find()) {
                numbers.put(Long.valueOf(carrying.group(1)), thread);
            }
        }
        return numbers;
    }
}
