package dev.portcullis.gateway.runtime.invoke;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header that says which trace a request belongs to.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
final class TraceParent {
    /** Of a version after the first more may follow. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    private TraceParent() {}

    /** The trace id; null if there is none, or a header that must be ignored. */
    static @Nullable String traceId(List<String> headers) {
        if (headers.size() != 1) {
            return null;
        }
        Matcher matcher = FORM.matcher(headers.getFirst().strip());
        return matcher.matches() ? matcher.group(1) : null;
    }
}
