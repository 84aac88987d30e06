package dev.portcullis.gateway.runtime.operate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process that listens on a port of this machine, as far as Linux tells this user.
 *
 * @param command empty if it is not shown
 */
public record PortOwner(long pid, String command) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    /** Whoever listens there; one of them if there are several. */
    public static Optional<PortOwner> of(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            sockets.addAll(sockets(PROC.resolve("net").resolve(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> holds(process.resolve("fd"), sockets))
                    .findFirst()
                    .map(process -> named(Long.parseLong(process.getFileName().toString())));
        } catch (IOException hidden) {
            return Optional.empty();
        }
    }

    private static Set<String> sockets(Path table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> sockets = new HashSet<>();
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
                    sockets.add("socket:[" + fields[9] + "]");
                }
            }
        } catch (IOException hidden) {
            return Set.of();
        }
        return sockets;
    }

    private static boolean holds(Path descriptors, Set<String> sockets) {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.anyMatch(one -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(one).toString());
                } catch (IOException closed) {
                    return false;
                }
            });
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** The program only: its arguments could hold secrets. */
    private static PortOwner named(long pid) {
        return new PortOwner(
                pid,
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .orElse(""));
    }

    @Override
    public String toString() {
        return "process " + pid + (command.isEmpty() ? "" : " (" + command + ")");
    }
}
