package dev.portcullis.gateway.runtime.operate.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the gateway writes may not fit on the disk any more. */
final class DiskSpace extends Check {
    private static final long MEGABYTE = 1024 * 1024;
    /** Sessions, private copies of plugins, copies of the configuration. */
    private static final long STATE = 50 * MEGABYTE;

    private static final long LITTLE = 16 * MEGABYTE;

    private final Function<FileStore, OptionalLong> space;

    DiskSpace() {
        this(DiskSpace::usable);
    }

    DiskSpace(Function<FileStore, OptionalLong> space) {
        super("portcullis/doctor/disk-space");
        this.space = space;
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Map<FileStore, Growth> disks = new LinkedHashMap<>();
        growing(patient)
                .forEach((file, bytes) ->
                        store(file).ifPresent(store -> disks.merge(store, new Growth(file, bytes), Growth::and)));
        disks.forEach((store, growth) -> space.apply(store).ifPresent(left -> {
            String path = growth.example().toString();
            String message = left / MEGABYTE + " MB are left on the disk of " + path
                    + ", and what the gateway writes there may take " + growth.bytes() / MEGABYTE + " MB";
            if (left < LITTLE) {
                found.accept(error(message, path, "Make room: a gateway that cannot record cannot serve."));
            } else if (left < growth.bytes()) {
                found.accept(warning(
                        message, path, "Make room, or lower logging.audit.maxFileBytes and logging.maxFileBytes."));
            }
        }));
    }

    private record Growth(Path example, long bytes) {
        Growth and(Growth other) {
            return new Growth(example, bytes + other.bytes);
        }
    }

    private static Map<Path, Long> growing(Patient patient) {
        Map<Path, Long> files = new LinkedHashMap<>();
        files.put(patient.places().stateDir(), STATE);
        WritableFiles.of(patient)
                .forEach((key, file) -> patient.config()
                        .ifPresent(config -> files.put(
                                file,
                                key.equals("logging.file")
                                        ? config.logging().maxFileBytes()
                                        : config.audit().maxFileBytes())));
        return files;
    }

    private static Optional<FileStore> store(Path file) {
        try {
            return Optional.of(Files.getFileStore(Nearest.existing(file)));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static OptionalLong usable(FileStore store) {
        try {
            return OptionalLong.of(store.getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }
}
