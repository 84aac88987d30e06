package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.Hangup;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer. One thread, but for the hang-up. */
final class HttpExchange implements Hangup {
    /** An unread body this small, already received, is dropped so that the connection can stay open. */
    private static final int DROPPED = 16 * 1024;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpConnection connection;
    private final RequestHead head;
    private @Nullable Runnable onHangup;
    private boolean hungUp;
    private boolean bodyDone;
    private int received;
    private MessageBudget.@Nullable Share share;

    /** Held while an answer goes out: who comes second waits until it is out, and may end the connection only then. */
    private final Object answering = new Object();

    private volatile boolean answered;
    private volatile int status;
    private volatile Route route = Route.NONE;
    private volatile boolean early;
    private volatile boolean close;
    private @Nullable Runnable next;

    HttpExchange(HttpConnection connection, RequestHead head) {
        this.connection = connection;
        this.head = head;
        this.bodyDone = !head.hasBody();
        this.close = head.lastOfConnection();
    }

    RequestHead head() {
        return head;
    }

    String peerAddress() {
        return connection.peerAddress();
    }

    /**
     * Reads the body.
     *
     * @param most bytes it may have
     * @throws BodyFailure if it cannot be had; the answer then ends the connection
     */
    Body body(int most, Duration limit) {
        if (bodyDone) {
            return Body.NONE;
        }
        if (head.length() > most) {
            throw new BodyFailure(BodyFailure.Kind.TOO_LARGE);
        }
        DataReader reader = connection.reader();
        if (head.wantsContinue() && reader.available() == 0) {
            connection.write(CONTINUE);
        }
        boolean here = !head.chunked() && head.length() <= reader.available();
        if (!here) {
            reserve(head.chunked() ? 0 : head.length());
            connection.source().deadline(System.nanoTime() + limit.toNanos());
        }
        try {
            Body body = head.chunked()
                    ? Body.of(ChunkedBody.read(reader, most, share()::grow))
                    : connection.received().read((int) head.length());
            bodyDone = true;
            received = body.length();
            return body;
        } catch (ConnectionSource.DeadlineExceeded late) {
            throw new BodyFailure(BodyFailure.Kind.TOO_SLOW);
        } catch (DataReader.IncorrectNewLineException malformed) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException gone) {
            throw new BodyFailure(BodyFailure.Kind.BROKEN_OFF);
        } finally {
            connection.source().deadline(0);
        }
    }

    private void reserve(long bytes) {
        if (!share().grow(bytes)) {
            throw new BodyFailure(BodyFailure.Kind.TOO_MUCH);
        }
    }

    /** What the body takes of the memory for all, for as long as the request is served. */
    private MessageBudget.Share share() {
        MessageBudget.Share known = share;
        if (known == null) {
            known = connection.server().budget().ofBody();
            share = known;
        }
        return known;
    }

    /** The request was served. */
    void ended() {
        MessageBudget.Share known = share;
        if (known != null) {
            known.close();
        }
    }

    /** Bytes of the body; 0 until it was read. */
    int received() {
        return received;
    }

    /** Sends the answer, once; nothing if it went out early. */
    void send(HttpAnswer answer) {
        synchronized (answering) {
            if (early) {
                return;
            }
            answers(answer.status());
            dropSmallBody();
            close = close || answer.close() || !bodyDone || connection.stopping();
            // a client that leaves from here on has its answer
            connection.source().handlerEnds();
            connection.write(rendered(answer));
        }
    }

    private void answers(int with) {
        if (answered) {
            throw new IllegalStateException("Answered twice");
        }
        answered = true;
        status = with;
    }

    private BufferData rendered(HttpAnswer answer) {
        return answer.render(
                close, !head.method().equals("HEAD"), connection.server().hsts());
    }

    /**
     * Sends the answer while the handler still runs, from another thread: the handler does not come back in time. The
     * connection ends with it.
     */
    void sendEarly(HttpAnswer answer) {
        synchronized (answering) {
            if (answered) {
                return;
            }
            early = true;
            close = true;
            answers(answer.status());
            connection.source().handlerEnds();
            try {
                connection.write(rendered(answer));
                connection.endOutput();
            } catch (CloseConnectionException gone) {
                // so is the caller
            }
        }
    }

    /** Answers that another protocol follows, which takes the connection over when the handler has returned. */
    void upgrade(byte[] answer, Runnable protocol) {
        answers(101);
        close = true;
        connection.source().handlerEnds();
        connection.write(answer);
        next = protocol;
    }

    /** What follows on the connection, if something else than HTTP does. */
    Optional<Runnable> next() {
        return Optional.ofNullable(next);
    }

    HttpConnection connection() {
        return connection;
    }

    private void dropSmallBody() {
        DataReader reader = connection.reader();
        if (!bodyDone && !head.chunked() && head.length() <= DROPPED && head.length() <= reader.available()) {
            reader.skip((int) head.length());
            bodyDone = true;
        }
    }

    /** Where it went, for metrics. */
    void goes(Route where) {
        route = where;
    }

    Route route() {
        return route;
    }

    /** Of the answer; 0 while there is none. */
    int status() {
        return status;
    }

    boolean answered() {
        return answered;
    }

    /** Whether another request may follow on the connection. */
    boolean open() {
        return answered && !close;
    }

    boolean bodyLeft() {
        return !bodyDone && answered;
    }

    /** On the thread that noticed, under the source's lock: quick. */
    void hungUp() {
        Runnable action;
        synchronized (this) {
            hungUp = true;
            action = onHangup;
            onHangup = null;
        }
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void onHangup(Runnable action) {
        synchronized (this) {
            if (!hungUp) {
                Runnable before = onHangup;
                onHangup = before == null ? action : inTurn(before, action);
                return;
            }
        }
        action.run();
    }

    private static Runnable inTurn(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }
}
