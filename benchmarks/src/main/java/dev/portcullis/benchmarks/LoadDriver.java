package dev.portcullis.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * Keeps some connections busy. Closed loop: each sends its next request when it has its answer. Open loop:
 * requests are due at fixed times, whether or not earlier ones were answered, and latency counts from when they were due.
 * An answer with another status ends the measurement: a number for the wrong thing is worse than none.
 */
final class LoadDriver implements AutoCloseable {
    private static final class Client {
        final SocketChannel channel;
        final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
        final ByteBuffer out;
        volatile long since;

        Client(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.out = ByteBuffer.allocateDirect(request.length).put(request);
        }

        void send(long dueNanos) throws IOException {
            since = dueNanos;
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    /** Looks at whole answers. */
    interface Check {
        void answered(byte[] bytes, int length) throws IOException;
    }

    /** Is told each latency at once. */
    interface Latencies {
        void took(long nanos);
    }

    private static final long LOOK = 50;

    private final Request request;
    private Check check;
    private Latencies latencies = nanos -> {};
    private byte[] copy = new byte[0];
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();

    LoadDriver(int port, Request request, int connections) throws IOException {
        this.request = request;
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = connected(port);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Client client = new Client(channel, request.bytes());
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
    }

    private SocketChannel connected(int port) throws IOException {
        try {
            return SocketChannel.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException refused) {
            close();
            throw refused;
        }
    }

    Samples closedLoop(long nanos) throws IOException {
        Samples samples = new Samples();
        long end = System.nanoTime() + nanos;
        int waiting = clients.size();
        for (Client client : clients) {
            client.send(System.nanoTime());
        }
        while (waiting > 0) {
            if (selector.select(5_000) == 0) {
                throw new IOException("no answer for 5 s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                int bytes = answer(client);
                if (bytes == 0) {
                    continue;
                }
                long now = System.nanoTime();
                if (now < end) {
                    samples.add(now - client.since, bytes);
                    client.send(now);
                } else {
                    waiting--;
                }
            }
            selector.selectedKeys().clear();
        }
        return samples.close();
    }

    /** The same, with a look at each answer. */
    LoadDriver checking(Check every) {
        check = every;
        copy = new byte[16 * 1024];
        return this;
    }

    /** The same, told of each latency of an open loop. */
    LoadDriver telling(Latencies listener) {
        latencies = listener;
        return this;
    }

    Samples openLoop(double perSecond, long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        return openLoop(perSecond, due -> due < end);
    }

    /** @param wanted whether a request that is due then is still to be sent; once false, always false */
    Samples openLoop(double perSecond, LongPredicate wanted) throws IOException {
        Samples samples = new Samples();
        BlockingQueue<Client> free = new LinkedBlockingQueue<>(clients);
        FutureTask<Long> sending = new FutureTask<>(() -> send(perSecond, wanted, free));
        Thread.ofPlatform().name("requests").daemon().start(sending);
        long ended = 0;
        while (!sending.isDone() || free.size() < clients.size()) {
            if (selector.select(LOOK) == 0 && sending.isDone()) {
                ended = ended == 0 ? System.nanoTime() : ended;
                if (System.nanoTime() > ended + 5_000_000_000L) {
                    throw new IOException("answers are missing 5 s after the end");
                }
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                int bytes = answer(client);
                if (bytes > 0) {
                    long took = System.nanoTime() - client.since;
                    samples.add(took, bytes);
                    latencies.took(took);
                    free.add(client);
                }
            }
            selector.selectedKeys().clear();
        }
        try {
            sending.get();
        } catch (ExecutionException failed) {
            throw new IOException("requests could not be sent", failed.getCause());
        } catch (InterruptedException stopped) {
            throw new IOException("interrupted", stopped);
        }
        return samples.close();
    }

    /**
     * Sleeps from one request to the next: a driver that asks the clock in a loop takes the processors that it measures. Two
     * threads, since a selector cannot sleep for less than a millisecond.
     */
    private static long send(double perSecond, LongPredicate wanted, BlockingQueue<Client> free) throws Exception {
        long begin = System.nanoTime();
        double gap = 1e9 / perSecond;
        for (long sent = 0; ; sent++) {
            long due = begin + (long) (sent * gap);
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            if (!wanted.test(due)) {
                return sent;
            }
            free.take().send(due);
        }
    }

    /** Reads what is there; the length of the answer once it is whole, else 0. */
    private int answer(Client client) throws IOException {
        ByteBuffer in = client.in;
        if (client.channel.read(in) < 0) {
            throw new IOException("the server closed a connection");
        }
        int head = endOfHead(in);
        if (head < 0) {
            return 0;
        }
        int length = head + contentLength(in, head);
        if (in.position() < length) {
            return 0;
        }
        int status = (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
        if (status != request.status()) {
            throw new IOException("answered " + status + " where " + request.status() + " was expected");
        }
        if (check != null) {
            in.get(0, copy, 0, length);
            check.answered(copy, length);
        }
        in.clear();
        return length;
    }

    private static int endOfHead(ByteBuffer in) {
        for (int i = 3; i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(ByteBuffer in, int head) {
        int i = 0;
        while (i < head) {
            if (startsLength(in, i)) {
                int at = i + 15;
                while (in.get(at) == ' ') {
                    at++;
                }
                int value = 0;
                for (; in.get(at) >= '0' && in.get(at) <= '9'; at++) {
                    value = value * 10 + in.get(at) - '0';
                }
                return value;
            }
            while (in.get(i) != '\n') {
                i++;
            }
            i++;
        }
        return 0;
    }

    private static boolean startsLength(ByteBuffer in, int at) {
        String name = "content-length:";
        for (int i = 0; i < name.length(); i++) {
            if ((in.get(at + i) | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
