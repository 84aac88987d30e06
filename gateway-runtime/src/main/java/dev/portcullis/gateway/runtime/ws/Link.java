package dev.portcullis.gateway.runtime.ws;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client's end of a conversation. Safe for use by several threads; a link that is closed swallows what it is given. */
public interface Link {
    /** Sends a frame of plain values; waits until it is on its way. */
    void send(Map<String, @Nullable Object> frame);

    /** Says goodbye; the connection ends shortly after, whether or not the client answers. */
    void close(int code, String reason);
}
