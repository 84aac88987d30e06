package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.auth.Headers;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Request line and headers, framing already checked.
 *
 * @param target as sent
 * @param length of the body; 0 if there is none or it is chunked
 */
record RequestHead(
        String method, String target, boolean http11, io.helidon.http.Headers fields, boolean chunked, long length)
        implements Headers {
    /** A request whose framing cannot be trusted: answered, then the connection is closed. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super("refused", null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final int LONGEST_LENGTH = 18;

    /** What every invocation is asked for; making a name of a text is not free. */
    private static final Map<String, HeaderName> ASKED_FOR = Stream.of(
                    "host",
                    "expect",
                    "authorization",
                    "x-openclaw-message-channel",
                    "x-openclaw-account-id",
                    "x-openclaw-message-to",
                    "x-openclaw-thread-id")
            .collect(Collectors.toUnmodifiableMap(name -> name, HeaderNames::create));

    /** Checks the request line and the headers that frame the body; RFC 9112 sections 3 and 6. */
    static RequestHead of(String line, io.helidon.http.Headers fields) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first + 1) {
            throw new Refused(400);
        }
        String method = method(line, first);
        String target = line.substring(first + 1, last);
        boolean http11 = ends(line, last + 1, "HTTP/1.1");
        if (!(http11 || ends(line, last + 1, "HTTP/1.0"))
                || !all(method, c -> (c >= 'A' && c <= 'Z') || c == '-')
                || !all(target, c -> c > ' ' && c != 0x7f)) {
            throw new Refused(400);
        }
        if (http11 && fields.all(HeaderNames.HOST, List::of).size() != 1) {
            throw new Refused(400);
        }
        for (Header field : fields) {
            if (field.name().isEmpty()) {
                throw new Refused(400);
            }
        }
        boolean chunked = chunked(fields, http11);
        return new RequestHead(method, target, http11, fields, chunked, chunked ? 0 : length(fields));
    }

    private static String method(String line, int length) {
        return length == 4 && line.startsWith("POST") ? "POST" : line.substring(0, length);
    }

    private static boolean ends(String line, int from, String end) {
        return line.length() - from == end.length() && line.startsWith(end, from);
    }

    private static boolean all(String text, IntPredicate holds) {
        for (int i = 0; i < text.length(); i++) {
            if (!holds.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean chunked(io.helidon.http.Headers fields, boolean http11) {
        if (!fields.contains(HeaderNames.TRANSFER_ENCODING)) {
            return false;
        }
        List<String> codings = fields.all(HeaderNames.TRANSFER_ENCODING, List::of);
        // what an HTTP/1.0 sender means by a coding is anybody's guess, RFC 9112 section 6.1
        if (!http11
                || fields.contains(HeaderNames.CONTENT_LENGTH)
                || codings.size() != 1
                || !codings.getFirst().strip().equalsIgnoreCase("chunked")) {
            throw new Refused(400);
        }
        return true;
    }

    private static long length(io.helidon.http.Headers fields) {
        List<String> lengths = fields.all(HeaderNames.CONTENT_LENGTH, List::of);
        if (lengths.isEmpty()) {
            return 0;
        }
        String text = lengths.getFirst().strip();
        if (lengths.size() != 1
                || text.isEmpty()
                || text.length() > LONGEST_LENGTH
                || !all(text, c -> c >= '0' && c <= '9')) {
            throw new Refused(400);
        }
        return Long.parseLong(text);
    }

    /** Whether the connection ends with this request. */
    boolean lastOfConnection() {
        // looking for a token takes the header apart; most requests have none
        if (!fields.contains(HeaderNames.CONNECTION)) {
            return !http11;
        }
        return fields.containsToken(HeaderValues.CONNECTION_CLOSE)
                || (!http11 && !fields.containsToken(HeaderValues.CONNECTION_KEEP_ALIVE));
    }

    boolean wantsContinue() {
        // as for Connection
        return http11 && fields.contains(HeaderNames.EXPECT) && fields.containsToken(HeaderValues.EXPECT_100);
    }

    boolean hasBody() {
        return chunked || length > 0;
    }

    @Override
    public List<String> all(String name) {
        HeaderName known = ASKED_FOR.get(name);
        HeaderName header = known == null ? HeaderNames.create(name) : known;
        return fields.contains(header) ? fields.all(header, List::of) : List.of();
    }

    @Override
    public Iterable<String> names() {
        return () -> {
            Iterator<Header> all = fields.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public String next() {
                    return all.next().name();
                }
            };
        };
    }

    @Override
    public String toString() {
        return method + " " + fields.size() + " headers";
    }
}
