package dev.portcullis.gateway.runtime.http;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Socket options that remember each accepted channel until its connection claims it: the server does not hand it on. */
final class AcceptedChannels implements SocketOptions {
    private final SocketOptions options =
            SocketOptions.builder().tcpNoDelay(true).build();
    private final Map<SocketAddress, SocketChannel> unclaimed = new ConcurrentHashMap<>();

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            unclaimed.values().removeIf(known -> !known.isOpen());
            unclaimed.put(channel.getRemoteAddress(), channel);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    Optional<SocketChannel> claim(SocketAddress remote) {
        return Optional.ofNullable(unclaimed.remove(remote));
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
