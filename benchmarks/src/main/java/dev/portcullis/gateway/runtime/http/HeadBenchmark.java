package dev.portcullis.gateway.runtime.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http1.Http1Headers;
import io.helidon.webserver.http1.Http1Prologue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading the head of a governed call and asking it what the gateway asks, beside what Helidon's own connection uses (decision
 * 0195).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class HeadBenchmark {
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LARGEST_HEADERS = 16 * 1024;

    /** What the road of a call asks for beside the framing. */
    private static final String[] ASKED = {
        "host",
        "authorization",
        "x-openclaw-message-channel",
        "x-openclaw-account-id",
        "x-openclaw-message-to",
        "x-openclaw-thread-id",
        "traceparent"
    };

    private static final HeaderName[] NAMES = new HeaderName[ASKED.length];

    static {
        for (int i = 0; i < ASKED.length; i++) {
            NAMES[i] = HeaderNames.create(ASKED[i]);
        }
    }

    private final byte[] head = ("POST /tools/invoke HTTP/1.1\r\nHost: 127.0.0.1:18789\r\nUser-Agent: curl/8.5.0\r\n"
                    + "Accept: */*\r\nAuthorization: Bearer 0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 97\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    /** As the gateway reads it. */
    @Benchmark
    public void read(Blackhole hole) {
        RequestHead read = new RepeatedHead().read(new Received(() -> head));
        hole.consume(read.lastOfConnection());
        hole.consume(read.wantsContinue());
        hole.consume(read.fields().has("upgrade"));
        for (String name : read.names()) {
            hole.consume(name);
        }
        for (String name : ASKED) {
            hole.consume(read.all(name));
        }
    }

    /** Line and headers by the library; it refuses HTTP/1.0, which nginx speaks unless told otherwise. */
    @Benchmark
    public void libraryAlone(Blackhole hole) {
        DataReader reader = DataReader.create(() -> head);
        HttpPrologue prologue = new Http1Prologue(reader, LONGEST_LINE, true).readPrologue();
        hole.consume(prologue.method().text());
        hole.consume(prologue.uriPath().rawPath());
        asked(new Http1Headers(reader, LARGEST_HEADERS, true).readHeaders(prologue), hole);
    }

    private static void asked(Headers fields, Blackhole hole) {
        hole.consume(fields.all(HeaderNames.HOST, List::of).size());
        hole.consume(fields.contains(HeaderNames.TRANSFER_ENCODING));
        hole.consume(
                Long.parseLong(fields.all(HeaderNames.CONTENT_LENGTH, List::of).getFirst()));
        hole.consume(fields.contains(HeaderNames.CONNECTION));
        hole.consume(fields.contains(HeaderNames.EXPECT));
        hole.consume(fields.contains(HeaderNames.UPGRADE));
        for (Header field : fields) {
            hole.consume(field.name());
        }
        for (HeaderName name : NAMES) {
            hole.consume(fields.contains(name) ? fields.all(name, List::of) : List.of());
        }
    }
}
