package dev.portcullis.gateway.runtime.http;

import org.jspecify.annotations.Nullable;

/**
 * The last head of a connection. A client that keeps its connection often sends the same bytes again; they mean the same, so what the
 * parser made of them is used again. Parses nothing itself. One thread.
 */
final class RepeatedHead {
    /** Longer ones are not kept: a connection may wait for days. */
    private static final int LARGEST = 2048;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private @Nullable RequestHead head;

    /**
     * Reads a head; the body comes next.
     *
     * @throws RequestHead.Refused if its framing cannot be trusted
     */
    RequestHead read(Received in) {
        RequestHead known = head;
        if (known != null && in.startsWith(bytes)) {
            in.reader().skip(bytes.length);
            return known;
        }
        head = null;
        RequestHead read = RequestHead.read(in);
        byte[] sent = in.sinceMark();
        in.forget();
        if (sent.length <= LARGEST) {
            bytes = sent;
            head = read;
        }
        return read;
    }

    /** Heads hold credentials. */
    @Override
    public String toString() {
        return "RepeatedHead of " + bytes.length + " bytes";
    }
}
