package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.ws.CloseCode;
import io.helidon.common.buffers.DataReader;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;

/** A frame of RFC 6455, as clients send it and as servers send it. */
final class WsFrame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int TOO_LARGE = 1009;
    private static final int LONGEST_CONTROL = 125;
    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;

    private final boolean last;
    private final int operation;
    private final byte[] payload;

    private WsFrame(boolean last, int operation, byte[] payload) {
        this.last = last;
        this.operation = operation;
        this.payload = payload;
    }

    boolean last() {
        return last;
    }

    int operation() {
        return operation;
    }

    /** Not copied: a frame has one reader. */
    byte[] payload() {
        return payload;
    }

    /** A frame that ends the connection. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Refused(int code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a frame of a client.
     *
     * @param most bytes that the payload of a message may have; nothing beyond is read
     * @param more asked for the bytes of the payload before it is read; false if they cannot be had
     * @throws Refused if it is none that a client may send
     */
    static WsFrame read(DataReader reader, long most, LongPredicate more) {
        int first = reader.read() & 0xff;
        int second = reader.read() & 0xff;
        int operation = first & 0x0f;
        boolean last = (first & LAST) != 0;
        if ((first & RESERVED) != 0) {
            throw broken("An extension is used that was not agreed to");
        }
        if ((second & MASKED) == 0) {
            throw broken("A client must mask its frames");
        }
        boolean control = operation >= CLOSE;
        if (operation > PONG || (operation > BINARY && !control)) {
            throw broken("Unknown operation");
        }
        long length = length(reader, second & 0x7f);
        if (control && (!last || length > LONGEST_CONTROL)) {
            throw broken("A control frame is short and whole");
        }
        if (length < 0) {
            throw broken("Negative length");
        }
        if (!control && length > most) {
            throw new Refused(TOO_LARGE, "Message too large");
        }
        if (!control && !more.test(length)) {
            throw new Refused(CloseCode.TRY_AGAIN_LATER, "Too many bytes of messages are under way");
        }
        byte[] mask = reader.readBytes(4);
        byte[] payload = length == 0 ? new byte[0] : reader.readBytes((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new WsFrame(last, operation, payload);
    }

    private static long length(DataReader reader, int announced) {
        return switch (announced) {
            case 126 -> ByteBuffer.wrap(reader.readBytes(2)).getShort() & 0xffff;
            case 127 -> ByteBuffer.wrap(reader.readBytes(8)).getLong();
            default -> announced;
        };
    }

    private static Refused broken(String reason) {
        return new Refused(CloseCode.PROTOCOL_ERROR, reason);
    }

    /** A whole message of the server, which does not mask. */
    static byte[] render(int operation, byte[] payload) {
        int head = payload.length < 126 ? 2 : payload.length < 1 << 16 ? 4 : 10;
        ByteBuffer frame = ByteBuffer.allocate(head + payload.length).put((byte) (LAST | operation));
        switch (head) {
            case 2 -> frame.put((byte) payload.length);
            case 4 -> frame.put((byte) 126).putShort((short) payload.length);
            default -> frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).array();
    }

    /** Its payload is the client's. */
    @Override
    public String toString() {
        return "WsFrame[" + operation + ", " + payload.length + " bytes]";
    }
}
