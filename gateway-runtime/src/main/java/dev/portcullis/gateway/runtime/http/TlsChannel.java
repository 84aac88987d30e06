package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.config.Addresses;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An accepted connection, encrypted by the JDK's own socket. The handshake is part of the first read, and has a deadline. One
 * thread reads at a time, one writes, any closes.
 */
final class TlsChannel implements HelidonSocket {
    private static final System.Logger LOG = System.getLogger(TlsChannel.class.getName());
    private static final int RECORD = 16 * 1024;
    private static final int BEGINS_HANDSHAKE = 0x16;
    private static final HttpAnswer IN_PLAIN_TEXT =
            HttpAnswer.text(400, "This port speaks HTTPS, not HTTP.").closing();

    private final HelidonSocket plain;
    private final SocketChannel channel;
    private final ServerTls tls;
    private final HttpServer server;
    private final byte[] buffer = new byte[RECORD];
    private volatile @Nullable SSLSocket secure;

    TlsChannel(HelidonSocket plain, SocketChannel channel, ServerTls tls, HttpServer server) {
        this.plain = plain;
        this.channel = channel;
        this.tls = tls;
        this.server = server;
    }

    // null is the end of the stream
    @Override
    @SuppressWarnings("NullAway")
    public byte[] get() {
        try {
            SSLSocket known = secure == null ? handshake() : secure;
            if (known == null) {
                return null;
            }
            int read = known.getInputStream().read(buffer);
            return read < 0 ? null : Arrays.copyOf(buffer, read);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Null if there is nobody to talk to. */
    private @Nullable SSLSocket handshake() throws IOException {
        String client = Addresses.subscriber(server.peer(plain.remotePeer().address()));
        if (!server.handshakes().begin(client)) {
            channel.close();
            return null;
        }
        try {
            return agree();
        } finally {
            server.handshakes().end(client);
        }
    }

    private @Nullable SSLSocket agree() throws IOException {
        try (ConnectionWatcher.Limit limit =
                server.watcher().limit(server.limits().handshakeTime(), this::close)) {
            byte @Nullable [] begun = plain.get();
            if (begun == null) {
                return null;
            }
            if (begun[0] != BEGINS_HANDSHAKE) {
                refuse(begun);
                return null;
            }
            SSLSocket socket = tls.wrap(channel.socket(), begun);
            socket.startHandshake();
            secure = socket;
            return socket;
        } catch (IOException failed) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "No TLS with " + plain.remotePeer().host() + ": " + failed.getMessage());
            throw failed;
        }
    }

    /** Who speaks HTTP here is told so in HTTP; whatever else it is hears nothing. */
    private void refuse(byte[] begun) throws IOException {
        if (begun[0] >= 'A' && begun[0] <= 'Z') {
            plain.write(BufferData.create(IN_PLAIN_TEXT.render(true, true, "")));
        }
        channel.shutdownOutput();
    }

    @Override
    public void write(BufferData data) {
        SSLSocket known = secure;
        if (known == null) {
            throw new UncheckedIOException(new IOException("not encrypted yet"));
        }
        try {
            data.writeTo(known.getOutputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Says that nothing follows, so that nobody can make an answer end early. */
    void endOutput() throws IOException {
        SSLSocket known = secure;
        if (known != null && channel.isOpen()) {
            known.shutdownOutput();
        }
    }

    /** At once: the goodbye of TLS would wait for a client that takes nothing. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    @SuppressWarnings("removal")
    public int read(BufferData into) {
        throw new UnsupportedOperationException("get() is the one that reads");
    }

    @Override
    public void idle() {}

    @Override
    public boolean isConnected() {
        return channel.isOpen();
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public PeerInfo remotePeer() {
        return plain.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return plain.localPeer();
    }

    @Override
    public String socketId() {
        return plain.socketId();
    }

    @Override
    public String childSocketId() {
        return plain.childSocketId();
    }
}
