package dev.portcullis.gateway.runtime.cli;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;

class IdleCollectionTest {
    private static final long MIB = 1024 * 1024;

    private final GarbageCollectorMXBean young = mock();
    private final MemoryPoolMXBean old = mock();
    private final Runnable collect = mock();
    private final IdleCollection idle = new IdleCollection(young, old, collect);

    private void memory(long collections, long used, long keptAtLast) {
        when(young.getCollectionCount()).thenReturn(collections);
        when(old.getUsage()).thenReturn(usage(used));
        when(old.getCollectionUsage()).thenReturn(usage(keptAtLast));
    }

    private static MemoryUsage usage(long mib) {
        return new MemoryUsage(-1, mib * MIB, 512 * MIB, -1);
    }

    @Test
    void oldGarbageIsCollectedOnceNobodyCalls() {
        memory(7, 100, 20);
        idle.look();
        verify(collect, never()).run();

        idle.look();

        verify(collect).run();
    }

    @Test
    void nothingIsCollectedWhileCallsAreAnswered() {
        for (int i = 1; i <= 100; i++) {
            memory(i, 100, 20);
            idle.look();
        }

        verify(collect, never()).run();
    }

    @Test
    void littleIsLeftWhereItIs() {
        memory(7, 50, 20);
        idle.look();

        idle.look();

        verify(collect, never()).run();
    }

    @Test
    void whatACollectionKeptIsNotCollectedAgain() {
        memory(7, 100, 0);
        idle.look();
        idle.look();
        memory(7, 90, 90);

        idle.look();

        verify(collect, times(1)).run();
    }
}
