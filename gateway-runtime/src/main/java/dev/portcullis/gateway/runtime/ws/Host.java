package dev.portcullis.gateway.runtime.ws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** What this machine calls itself; never asks a name server, which may take its time. */
final class Host {
    private static final String NAME = find();

    private Host() {}

    static String name() {
        return NAME;
    }

    private static String find() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException elsewhere) {
            return Stream.of(System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("gateway");
        }
    }
}
