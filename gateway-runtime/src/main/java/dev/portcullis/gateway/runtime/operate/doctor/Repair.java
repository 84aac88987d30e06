package dev.portcullis.gateway.runtime.operate.doctor;

import java.io.IOException;
import java.util.List;

/** Puts something right. Several findings may share one; it is made once. */
@FunctionalInterface
interface Repair {
    /**
     * Changes it.
     *
     * @return what was changed, a line each; nothing if all was as it should be
     * @throws IOException if it could not be changed; the message is for operators
     */
    List<String> make() throws IOException;
}
