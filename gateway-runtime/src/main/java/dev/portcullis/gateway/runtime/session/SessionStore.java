package dev.portcullis.gateway.runtime.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions that are kept, and what was said in them. Safe for use by several threads. Every method throws
 * {@link SessionStoreException} if the store is closed or fails.
 *
 * <p>Invocations do not create sessions: most keys that callers send are kept nowhere, and asking for one must be cheap.
 */
public interface SessionStore extends AutoCloseable {
    /** The session of a canonical key. From memory: does not wait for the disk. */
    Optional<StoredSession> find(String key);

    /** All sessions, last active first. From memory. */
    List<StoredSession> list();

    /**
     * Keeps a session.
     *
     * @throws SessionStoreException if there is one of that key
     */
    StoredSession create(NewSession session);

    /** Forgets a session and what was said in it; whether there was one. */
    boolean delete(String key);

    /**
     * Adds to the end of a transcript.
     *
     * @throws SessionStoreException if there is no such session
     */
    void append(String key, TranscriptMessage message);

    /**
     * The last messages of a session, oldest first; none if there is no such session.
     *
     * @param offset how many of the newest to leave out
     */
    List<TranscriptMessage> transcript(String key, int limit, int offset);

    /**
     * Messages that contain every word of a query, newest first. Case does not matter.
     *
     * @param visible which sessions to look at
     */
    List<Hit> search(String query, Predicate<StoredSession> visible, int limit);

    /** A message that was found. */
    record Hit(StoredSession session, TranscriptMessage message) {}

    /** Ends it; whatever is asked afterwards fails. */
    @Override
    void close();
}
