package dev.portcullis.gateway.runtime.invoke;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which processors a thread may run on, as <a href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">Linux</a>
 * has it. A thread has the number of its folder in {@code /proc/self/task}, and 0 is the one that asks.
 */
final class Affinity {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Of the {@code cpu_set_t} of the C library; a kernel that has more processors than fit answers with an error. */
    private static final long SET_BYTES = 128;

    private final MethodHandle get;
    private final MethodHandle set;

    @SuppressWarnings("restricted") // open() asks whether it may
    private Affinity(Linker linker) {
        FunctionDescriptor shape = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        get = linker.downcallHandle(linker.defaultLookup().findOrThrow("sched_getaffinity"), shape);
        set = linker.downcallHandle(linker.defaultLookup().findOrThrow("sched_setaffinity"), shape);
    }

    /** Nothing where the system has none, or the JVM was not told that this module may call it. */
    static Optional<Affinity> open() {
        if (!Files.isDirectory(TASKS) || !Affinity.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Affinity(Linker.nativeLinker()));
        } catch (UnsupportedOperationException | IllegalArgumentException | NoSuchElementException none) {
            return Optional.empty();
        }
    }

    /** The threads of this process. */
    List<Integer> threads() throws IOException {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.map(task -> Integer.valueOf(task.getFileName().toString()))
                    .toList();
        }
    }

    /** None if there is no such thread any more. */
    BitSet processors(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bits = arena.allocate(SET_BYTES, Long.BYTES);
            return call(get, thread, bits) == 0 ? BitSet.valueOf(bits.toArray(ValueLayout.JAVA_LONG)) : new BitSet();
        }
    }

    /** Keeps a thread to some processors; false if there is no such thread any more, or the system does not let us. */
    boolean keep(int thread, BitSet processors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bits = arena.allocate(SET_BYTES, Long.BYTES);
            bits.copyFrom(MemorySegment.ofArray(processors.toLongArray()));
            return call(set, thread, bits) == 0;
        }
    }

    private static int call(MethodHandle function, int thread, MemorySegment bits) {
        try {
            return (int) function.invokeExact(thread, SET_BYTES, bits);
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Throwable never) {
            throw new IllegalStateException(never);
        }
    }
}
