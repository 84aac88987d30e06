package dev.portcullis.gateway.runtime.http;

import java.util.BitSet;
import java.util.Optional;

/**
 * What a request asks for, which everybody between client and gateway reads alike: a target is served in its canonical form or
 * not at all (decision 0196).
 *
 * @param path begins with one slash; has no empty segment but perhaps the last, no dot segment, and no escape that could be a
 *     slash, a dot or a control character to somebody else. Escapes are left as they were sent
 * @param query raw, without its question mark; empty if there is none
 */
record RequestTarget(String path, String query) {
    private static final String WEB = "http://";
    private static final String ENCRYPTED_WEB = "https://";

    /** What a path may have beside escapes, RFC 3986 section 3.3. */
    private static final BitSet IN_PATH = characters("-._~!$&'()*+,;=:@/");

    /** What somebody before us could read as structure when it is unescaped. */
    private static final String STRUCTURE = "./\\";

    private static BitSet characters(String marks) {
        BitSet set = new BitSet();
        set.set('a', 'z' + 1);
        set.set('A', 'Z' + 1);
        set.set('0', '9' + 1);
        marks.chars().forEach(set::set);
        return set;
    }

    /**
     * Takes a target apart: a path, or a URL of the host that the request names.
     *
     * @param host the {@code Host} field, if there is one
     * @throws RequestHead.Refused if somebody else could read it differently
     */
    static RequestTarget of(String sent, Optional<String> host) {
        requirePrintable(sent);
        String local = sent.startsWith("/") ? sent : withoutHost(sent, host);
        int mark = local.indexOf('?');
        String path = mark < 0 ? local : local.substring(0, mark);
        requireCanonical(path);
        return new RequestTarget(path, mark < 0 ? "" : local.substring(mark + 1));
    }

    /** No blank, no control character, nothing beyond ASCII, and no fragment, which is the client's own affair. */
    private static void requirePrintable(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw new RequestHead.Refused(400);
            }
        }
    }

    /** The port counts where the target names one: whoever chooses a host by its name looks at the name alone. */
    private static String withoutHost(String sent, Optional<String> host) {
        int start = begins(sent, WEB) ? WEB.length() : begins(sent, ENCRYPTED_WEB) ? ENCRYPTED_WEB.length() : 0;
        int end = sent.indexOf('/', start);
        if (start == 0 || end <= start) {
            throw new RequestHead.Refused(400);
        }
        String authority = sent.substring(start, end);
        String own = host.map(String::strip).orElse("");
        if (!authority.equalsIgnoreCase(own) && !authority.equalsIgnoreCase(HostHeader.withoutPort(own))) {
            throw new RequestHead.Refused(400);
        }
        return sent.substring(end);
    }

    private static boolean begins(String text, String start) {
        return text.regionMatches(true, 0, start, 0, start.length());
    }

    private static void requireCanonical(String path) {
        int segment = 1;
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/') {
                requireName(path, segment, i);
                segment = i + 1;
            } else if (c == '%') {
                requireHarmless(path, i + 1);
            } else if (!IN_PATH.get(c)) {
                throw new RequestHead.Refused(400);
            }
        }
        String last = path.substring(segment);
        if (last.equals(".") || last.equals("..")) {
            throw new RequestHead.Refused(400);
        }
    }

    /** A segment that another one follows. */
    private static void requireName(String path, int from, int to) {
        int length = to - from;
        boolean dots = length <= 2 && path.startsWith("..".substring(0, length), from);
        if (dots) {
            throw new RequestHead.Refused(400);
        }
    }

    private static void requireHarmless(String path, int digits) {
        int high = digits + 1 < path.length() ? Character.digit(path.charAt(digits), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(path.charAt(digits + 1), 16);
        int escaped = 16 * high + low;
        if (low < 0 || escaped < ' ' || escaped == 0x7f || STRUCTURE.indexOf(escaped) >= 0) {
            throw new RequestHead.Refused(400);
        }
    }

    /** A query may hold a credential. */
    @Override
    public String toString() {
        return path;
    }
}
