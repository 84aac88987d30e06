package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Looks after {@code plugins.lock}; for who examines a gateway. */
public final class PluginLockCare {
    private PluginLockCare() {}

    public static Path file(Path folder) {
        return folder.resolve(PluginLock.FILE);
    }

    /**
     * Names in the lock of a folder that nothing in the folder has.
     *
     * @throws IOException if it cannot be read, or not be understood
     */
    public static List<String> gone(Path folder) throws IOException {
        return PluginLock.in(folder).names().stream()
                .filter(name -> gone(folder, name))
                .toList();
    }

    /** Of a name that this process cannot write, nobody can tell. */
    private static boolean gone(Path folder, String name) {
        try {
            return !Files.exists(folder.resolve(name));
        } catch (InvalidPathException notOfThisLocale) {
            return false;
        }
    }

    /** Takes names out; what was there becomes {@code plugins.lock.bak}. */
    public static List<String> forget(Path folder, List<String> names) throws IOException {
        PluginLock lock = PluginLock.in(folder);
        List<String> forgotten = names.stream().filter(lock::remove).toList();
        if (forgotten.isEmpty()) {
            return List.of();
        }
        Path backup = folder.resolve(PluginLock.FILE + ".bak");
        Files.copy(lock.file(), backup, StandardCopyOption.REPLACE_EXISTING);
        lock.write();
        return List.of("Took " + String.join(", ", forgotten) + " out of " + lock.file() + "; what was there is "
                + backup + " now.");
    }
}
