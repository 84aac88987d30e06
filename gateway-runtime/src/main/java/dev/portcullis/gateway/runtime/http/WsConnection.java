package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.json.JsonReader;
import dev.portcullis.gateway.runtime.ws.CloseCode;
import dev.portcullis.gateway.runtime.ws.Conversation;
import dev.portcullis.gateway.runtime.ws.Link;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * A connection after its upgrade: messages out of frames and into frames, control frames, closing. RFC 6455 sections 5 to 7.
 */
final class WsConnection implements Link {
    private static final System.Logger LOG = System.getLogger(WsConnection.class.getName());
    private static final int INITIAL = 1024;
    private static final int LONGEST_REASON = 123;
    private static final Set<Integer> MEANT_FOR_NO_FRAME = Set.of(1004, 1005, 1006);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final HttpConnection connection;
    private final ReentrantLock writing = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private ByteArrayOutputStream message = new ByteArrayOutputStream(INITIAL);
    private MessageBudget.@Nullable Share share;
    private boolean fragmented;
    private volatile boolean closing;

    WsConnection(HttpConnection connection) {
        this.connection = connection;
    }

    /** Serves the connection until it ends. */
    void run(Conversation conversation) {
        try {
            connection
                    .source()
                    .deadline(System.nanoTime() + conversation.handshakeTime().toNanos());
            conversation.begin();
            boolean open = true;
            while (open) {
                if (conversation.connected() || closing) {
                    connection.source().deadline(0);
                }
                if (conversation.connected()) {
                    connection.admit();
                }
                open = readFrame(conversation);
            }
        } catch (WsFrame.Refused broken) {
            close(broken.code(), broken.reason());
            awaitGoodbye(conversation.largestMessage());
        } catch (ConnectionSource.DeadlineExceeded late) {
            close(CloseCode.REFUSED, "handshake timeout");
            awaitGoodbye(conversation.largestMessage());
        } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException gone) {
            // nobody is left to say goodbye to
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "A WebSocket failed inside the gateway", fault);
            close(CloseCode.FAULT, "internal error");
        } finally {
            ended.countDown();
            giveBack();
            conversation.ended();
        }
    }

    /** Reads one frame and does what it says; false if it is the last. */
    private boolean readFrame(Conversation conversation) {
        MessageBudget.Share taking = share(conversation);
        WsFrame frame =
                WsFrame.read(connection.reader(), (long) conversation.largestMessage() - message.size(), taking::grow);
        switch (frame.operation()) {
            case WsFrame.BINARY -> throw new WsFrame.Refused(CloseCode.NOT_TEXT, "Text frames only");
            case WsFrame.PING -> write(WsFrame.PONG, frame.payload());
            case WsFrame.PONG -> {}
            case WsFrame.CLOSE -> {
                answerClose(frame.payload());
                return false;
            }
            default -> part(frame, conversation);
        }
        return true;
    }

    /** What the message that comes takes of the memory for all. */
    private MessageBudget.Share share(Conversation conversation) {
        MessageBudget.Share known = share;
        if (known == null) {
            MessageBudget budget = connection.server().budget();
            known = conversation
                    .owner()
                    .map(budget::ofCaller)
                    .orElseGet(() -> budget.ofStranger(conversation.client()));
            share = known;
        }
        return known;
    }

    private void giveBack() {
        MessageBudget.Share known = share;
        share = null;
        if (known != null) {
            known.close();
        }
    }

    private void part(WsFrame frame, Conversation conversation) {
        if (fragmented != (frame.operation() == WsFrame.CONTINUATION)) {
            throw new WsFrame.Refused(CloseCode.PROTOCOL_ERROR, "Fragments out of order");
        }
        fragmented = !frame.last();
        if (closing) {
            if (!fragmented) {
                giveBack();
            }
            return;
        }
        boolean whole = message.size() == 0 && !fragmented;
        if (!whole) {
            message.writeBytes(frame.payload());
        }
        if (fragmented) {
            return;
        }
        String text;
        if (whole) {
            text = text(frame.payload());
        } else {
            text = text(message.toByteArray());
            message = new ByteArrayOutputStream(INITIAL);
        }
        // from here on it is the conversation's, until it has answered
        MessageBudget.Share taken = share(conversation);
        share = null;
        Object value;
        try {
            value = parse(text);
        } catch (JsonReader.Malformed malformed) {
            taken.close();
            conversation.receivedNoJson();
            return;
        } catch (RuntimeException | Error broken) {
            taken.close();
            throw broken;
        }
        conversation.received(value, taken::close);
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // what is malformed becomes this character, which may also have been sent
        return text.indexOf('\uFFFD') < 0 ? text : strict(bytes);
    }

    private static String strict(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new WsFrame.Refused(CloseCode.NOT_UTF8, "Text is not UTF-8");
        }
    }

    private static @Nullable Object parse(String text) {
        try (JsonParser parser = JsonReader.open(text)) {
            if (parser.nextToken() == null) {
                throw new JsonReader.Malformed("Empty");
            }
            Object value = JsonReader.value(parser);
            if (parser.nextToken() != null) {
                throw new JsonReader.Malformed("Something follows the value");
            }
            return value;
        } catch (JacksonException broken) {
            throw JsonReader.malformed(broken);
        }
    }

    private void answerClose(byte[] payload) {
        if (payload.length == 1) {
            throw new WsFrame.Refused(CloseCode.PROTOCOL_ERROR, "Malformed close frame");
        }
        if (payload.length >= 2) {
            int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
            boolean registered = code >= 1000 && code <= 1014 && !MEANT_FOR_NO_FRAME.contains(code);
            boolean valid = registered || (code >= 3000 && code <= 4999);
            if (!valid) {
                throw new WsFrame.Refused(CloseCode.PROTOCOL_ERROR, "Invalid close code");
            }
            text(Arrays.copyOfRange(payload, 2, payload.length));
        }
        writing.lock();
        try {
            if (!closing) {
                closing = true;
                writeFrame(WsFrame.CLOSE, payload.length >= 2 ? new byte[] {payload[0], payload[1]} : payload);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void send(Map<String, @Nullable Object> frame) {
        write(WsFrame.TEXT, JsonWriter.bytes(frame));
    }

    @Override
    public void close(int code, String reason) {
        byte[] text = shortened(reason);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        writing.lock();
        try {
            if (closing) {
                return;
            }
            closing = true;
            Thread.ofVirtual().name("ws-goodbye").start(this::cutOff);
            writeFrame(WsFrame.CLOSE, payload);
        } finally {
            writing.unlock();
        }
    }

    /** A client that does not answer a goodbye is cut off. */
    private void cutOff() {
        try {
            if (!ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                connection.source().abort();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Swallows what still comes of a message, so that the goodbye is not reset away. */
    private void awaitGoodbye(int message) {
        connection.source().linger(GOODBYE.toNanos(), Math.max(message, 1024 * 1024));
    }

    private static byte[] shortened(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(int operation, byte[] payload) {
        writing.lock();
        try {
            if (!closing) {
                writeFrame(operation, payload);
            }
        } finally {
            writing.unlock();
        }
    }

    private void writeFrame(int operation, byte[] payload) {
        try {
            connection.write(WsFrame.render(operation, payload));
        } catch (RuntimeException gone) {
            // the reader notices, and ends the conversation
            closing = true;
            connection.source().abort();
        }
    }
}
