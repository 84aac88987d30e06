package dev.portcullis.gateway.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a command prints: text for people, or one JSON document for programs. */
final class Output {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    Output(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    boolean json() {
        return json;
    }

    void line(String line) {
        out.println(line);
    }

    /** All at once: who reads along sees all of them or none. */
    void lines(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(String.join(System.lineSeparator(), lines));
        }
    }

    /** A line of a stream that has no end; says whether anybody reads it still. */
    boolean now(String line) {
        out.println(line);
        return !out.checkError();
    }

    void document(@Nullable Object value) {
        out.println(Json.pretty(value));
        out.flush();
    }

    /** Remarks go where they do not disturb what is piped on. */
    void remark(String line) {
        err.println(line);
        err.flush();
    }
}
