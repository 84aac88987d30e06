package dev.portcullis.gateway.runtime.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of messages and bodies under way: from their announcement to the answer. A bound for all connections together, because
 * one for each multiplies by their number. Strangers, small messages and large ones do not compete with each other, and of
 * none of the three can one owner of messages have all.
 */
final class MessageBudget {
    /** A message that is no larger never waits for large ones. */
    static final int SMALL = 64 * 1024;

    /** A stranger's message that is no larger is not counted: any connection may have as much of a head. Enough to connect. */
    static final int UNCOUNTED = HttpConnection.LARGEST_HEADERS;

    static final long LEAST = 64L * 1024 * 1024;
    private static final int PART_OF_HEAP = 8;
    private static final String ANYBODY = "";

    private final Pool strangers;
    private final Pool small;
    private final Pool large;

    /** Bytes of one kind. */
    private static final class Pool {
        private final long most;
        private final long ofOne;
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Long> byOwner = new HashMap<>();
        private long taken;

        Pool(long most, long ofOne) {
            this.most = most;
            this.ofOne = ofOne;
        }

        boolean take(String owner, long bytes) {
            lock.lock();
            try {
                if (taken + bytes > most) {
                    return false;
                }
                if (!owner.equals(ANYBODY)) {
                    long its = byOwner.getOrDefault(owner, 0L) + bytes;
                    if (its > ofOne) {
                        return false;
                    }
                    byOwner.put(owner, its);
                }
                taken += bytes;
                return true;
            } finally {
                lock.unlock();
            }
        }

        void give(String owner, long bytes) {
            lock.lock();
            try {
                taken -= bytes;
                byOwner.computeIfPresent(owner, (name, its) -> its > bytes ? its - bytes : null);
            } finally {
                lock.unlock();
            }
        }

        long taken() {
            lock.lock();
            try {
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }

    /** @param largest message that one owner may have under way whatever the budget is */
    MessageBudget(long bytes, int largest) {
        this.strangers = new Pool(bytes / 8, bytes / 16);
        this.small = new Pool(bytes / 4, bytes / 8);
        long rest = Math.max(bytes - bytes / 8 - bytes / 4, largest);
        this.large = new Pool(rest, Math.max(rest / 2, largest));
    }

    /** An eighth of the heap: what a message becomes when it is read takes several times its bytes. */
    static MessageBudget ofHeap(int largest) {
        return new MessageBudget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP), largest);
    }

    /** Bytes under way. */
    long taken() {
        return strangers.taken() + small.taken() + large.taken();
    }

    /** For a message of somebody who was not admitted yet. Up to {@link #UNCOUNTED} bytes are always to be had. */
    Share ofStranger(String client) {
        return new Share(client, true);
    }

    /** For a message of an admitted caller, who may have half of what there is. */
    Share ofCaller(String owner) {
        return new Share(owner, false);
    }

    /** For a body, which is small enough for nobody to ask whose it is. */
    Share ofBody() {
        return new Share(ANYBODY, false);
    }

    /** What one message takes of it. One thread at a time. */
    final class Share implements AutoCloseable {
        private final String owner;
        private final boolean stranger;
        private @Nullable Pool pool;
        private long held;

        private Share(String owner, boolean stranger) {
            this.owner = owner;
            this.stranger = stranger;
        }

        /** Takes more; false if there is none left, and the message cannot be had now. */
        boolean grow(long bytes) {
            if (bytes == 0) {
                return true;
            }
            if (stranger && held + bytes <= UNCOUNTED) {
                // or strangers who begin messages could keep everybody from connecting
                held += bytes;
                return true;
            }
            Pool next = stranger ? strangers : held + bytes > SMALL ? large : small;
            Pool before = pool;
            if (next == before) {
                if (!next.take(owner, bytes)) {
                    return false;
                }
            } else {
                if (!next.take(owner, held + bytes)) {
                    return false;
                }
                if (before != null) {
                    before.give(owner, held);
                }
                pool = next;
            }
            held += bytes;
            return true;
        }

        /** Gives back what it has; may be asked twice. */
        @Override
        public void close() {
            Pool from = pool;
            if (from != null) {
                pool = null;
                from.give(owner, held);
                held = 0;
            }
        }
    }
}
