package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.config.Addresses;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection on Helidon's listener, threads and sockets. The loop is our own because the stock one
 * keeps connections open that were told to close, drains bodies nobody read without a bound, answers HEAD with a body, and
 * shows no end of a connection while a handler runs.
 */
final class HttpConnection implements ServerConnection, InterruptableTask<Void>, Places.Place {
    static final int LONGEST_LINE = 8 * 1024;
    static final int LARGEST_HEADERS = 16 * 1024;
    private static final long LINGER_TIME = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LINGER_BYTES = 256 * 1024;

    /** Requests of a connection without an admitted caller that are answered as fast as they come. */
    private static final int UNHURRIED = 10;

    private static final Duration PACE = Duration.ofMillis(50);

    private final HttpServer server;
    private final Optional<SocketChannel> channel;
    private final Optional<TlsChannel> encrypted;
    private final HelidonSocket socket;
    private final ConnectionSource source;
    private final String peerAddress;
    private final boolean meant;
    private final String client;
    private final boolean exempt;
    private final AtomicBoolean stranger = new AtomicBoolean(true);
    private volatile boolean admitted;
    private int answers;
    private ConnectionWatcher.@Nullable Limit silence;
    private volatile boolean canRun = true;
    private volatile boolean idle = true;
    private volatile long idleSince = System.nanoTime();
    private volatile @Nullable Thread thread;
    private final RepeatedHead lastHead = new RepeatedHead();
    private Received received;

    /** What the connection goes on with when HTTP ends, which holds the requests before it no longer. */
    private volatile @Nullable Runnable protocol;

    HttpConnection(ConnectionContext context, HttpServer server) {
        this.server = server;
        this.channel = server.claim(context.remotePeer().address());
        this.encrypted = server.encrypted(context.serverSocket(), channel);
        this.socket = encrypted.isPresent() ? encrypted.get() : context.serverSocket();
        this.source = new ConnectionSource(socket);
        this.received = new Received(source);
        this.meant = server.meant(context.localPeer().address());
        this.peerAddress = server.peer(context.remotePeer().address());
        this.client = Addresses.subscriber(peerAddress);
        this.exempt = server.trusts(peerAddress);
    }

    @Override
    public boolean canInterrupt() {
        return idle;
    }

    @Override
    public Duration idleTime() {
        return idle ? Duration.ofNanos(System.nanoTime() - idleSince) : Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        canRun = false;
        Thread runner = thread;
        if (runner != null && (interrupt || idle)) {
            runner.interrupt();
        }
    }

    @Override
    public void handle(Limit limit) {
        if (!meant) {
            return;
        }
        try {
            if (!server.places().enter(this)) {
                source.abort();
                return;
            }
            server.watcher().add(source);
            Duration most = encrypted.isPresent()
                    ? server.limits().silence().plus(server.limits().handshakeTime())
                    : server.limits().silence();
            silence = server.watcher().limit(most, source::abort);
            while (new Shift(null).serve()) {
                // with another thread
            }
            Runnable following = protocol;
            if (following != null) {
                new Shift(following).serve();
            }
        } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException end) {
            // the client is gone, or the server stops: nobody is left to answer
        } finally {
            spoken();
            sayGoodbye();
            server.watcher().remove(source);
            server.places().leave(this);
        }
    }

    /**
     * Requests on a thread of their own, until plugins went that may have left something in its thread-locals: another thread
     * serves the next request then. A connection may live for days, and what such a variable holds keeps a plugin in memory. Or
     * another protocol, to the end of the connection, which runs nothing of plugins on this thread.
     */
    private final class Shift implements Runnable {
        private final @Nullable Runnable other;
        private final long epoch = server.epoch();
        private boolean relieved;
        private @Nullable Throwable fault;

        /** @param other protocol; null for HTTP */
        Shift(@Nullable Runnable other) {
            this.other = other;
        }

        /** True if another one has to go on. */
        boolean serve() {
            Thread worker = Thread.ofVirtual()
                    .name(Thread.currentThread().getName())
                    .inheritInheritableThreadLocals(false)
                    .unstarted(this);
            thread = worker;
            worker.start();
            await(worker);
            if (fault instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (fault instanceof Error thrown) {
                throw thrown;
            }
            return relieved;
        }

        private static void await(Thread worker) {
            boolean interrupted = false;
            while (true) {
                try {
                    worker.join();
                    break;
                } catch (InterruptedException stopped) {
                    interrupted = true;
                    worker.interrupt();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try {
                if (other != null) {
                    other.run();
                    return;
                }
                boolean next = true;
                while (canRun && next) {
                    awaitRequest();
                    relieved = server.epoch() != epoch;
                    next = !relieved && serveOne();
                }
            } catch (RuntimeException | Error thrown) {
                fault = thrown;
            }
        }
    }

    private void awaitRequest() {
        source.deadline(0);
        idleSince = System.nanoTime();
        idle = true;
        if (received.reader().available() == 0 && received.holdsMuch()) {
            // waiting may take days: what was read is forgotten before
            received = new Received(source);
        }
        received.reader().ensureAvailable();
        idle = false;
        spoken();
    }

    /** The client has said something, or will not any more. */
    private void spoken() {
        ConnectionWatcher.Limit first = silence;
        if (first != null) {
            silence = null;
            first.close();
        }
    }

    /** A caller was admitted by a request on this connection. */
    void admit() {
        server.servedCaller();
        if (!admitted) {
            admitted = true;
            server.places().admitted(this);
        }
    }

    @Override
    public String client() {
        return client;
    }

    @Override
    public boolean exempt() {
        return exempt;
    }

    @Override
    public boolean admitted() {
        return admitted;
    }

    @Override
    public boolean forgotten() {
        return stranger.compareAndSet(true, false);
    }

    @Override
    public boolean waits() {
        return idle || (!admitted && source.handlerSince() == 0);
    }

    @Override
    public long waitsSince() {
        return idleSince;
    }

    @Override
    public void close() {
        source.abort();
    }

    /** Serves one request; false if the connection ends with it. */
    private boolean serveOne() {
        long began = System.nanoTime();
        RequestHead head;
        try {
            head = readHead(began);
        } catch (RequestHead.Refused refused) {
            return refuse(refused.status(), began);
        } catch (ConnectionSource.DeadlineExceeded late) {
            return refuse(408, began);
        }
        HttpExchange exchange = new HttpExchange(this, head);
        source.handlerStarts(exchange::hungUp);
        server.began();
        try {
            server.handler().accept(exchange);
        } finally {
            source.handlerEnds();
            exchange.ended();
            server.ended();
            server.meters().ended(exchange, began);
        }
        if (exchange.next().isPresent()) {
            protocol = exchange.next().get();
            return false;
        }
        if (exchange.open()) {
            return makeWay();
        }
        if (exchange.bodyLeft() || reader().available() > 0 || source.pending()) {
            linger();
        }
        return false;
    }

    /**
     * Lets callers that were admitted go first: while there are some, a connection on which nobody was waits between one request
     * and the next. False if the server stops.
     */
    private boolean makeWay() {
        if (admitted || exempt || ++answers <= UNHURRIED || !server.servesCallers()) {
            return true;
        }
        idleSince = System.nanoTime();
        idle = true;
        try {
            Thread.sleep(PACE);
            return true;
        } catch (InterruptedException stopping) {
            return false;
        }
    }

    private RequestHead readHead(long began) {
        source.deadline(began + server.limits().headTime().toNanos());
        RequestHead head = lastHead.read(received);
        source.deadline(0);
        return head;
    }

    private boolean refuse(int status, long began) {
        server.meters().refused(status, began);
        write(HttpAnswer.empty(status).render(true, true, server.hsts()));
        linger();
        return false;
    }

    private void linger() {
        endOutput();
        source.linger(LINGER_TIME, LINGER_BYTES);
    }

    /** Says that no answer follows. */
    void endOutput() {
        sayGoodbye();
        try {
            if (channel.isPresent()) {
                channel.get().shutdownOutput();
            }
        } catch (IOException gone) {
            // it is known already
        }
    }

    /** What TLS says at the end; nothing without it. */
    private void sayGoodbye() {
        if (encrypted.isEmpty()) {
            return;
        }
        source.writeStarts();
        try {
            encrypted.get().endOutput();
        } catch (IOException gone) {
            // it is known already
        } finally {
            source.writeEnds();
        }
    }

    void write(byte[] bytes) {
        write(BufferData.create(bytes));
    }

    void write(BufferData bytes) {
        source.writeStarts();
        try {
            socket.write(bytes);
        } catch (UncheckedIOException gone) {
            throw new ServerConnectionException("write failed", gone);
        } finally {
            source.writeEnds();
        }
    }

    boolean stopping() {
        return !canRun;
    }

    HttpServer server() {
        return server;
    }

    ConnectionSource source() {
        return source;
    }

    DataReader reader() {
        return received.reader();
    }

    Received received() {
        return received;
    }

    String peerAddress() {
        return peerAddress;
    }
}
