package dev.portcullis.gateway.runtime.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The path of a request target as the reference gateway sees it: by the rules of the WHATWG URL standard, dot segments
 * resolved, query and fragment cut, percent escapes left alone. Exact comparison comes after that.
 */
final class RequestTarget {
    private RequestTarget() {}

    static String path(String target) {
        String rest = cut(cut(target, '#'), '?').replace('\\', '/');
        if (rest.startsWith("//")) {
            rest = afterAuthority(rest, 2);
        } else if (!rest.startsWith("/")) {
            int scheme = rest.indexOf("://");
            rest = scheme > 0 ? afterAuthority(rest, scheme + 3) : "/" + rest;
        }
        return rest.contains("/.") || rest.contains("/%2e") || rest.contains("/%2E") ? resolved(rest) : rest;
    }

    /** The raw query, without its question mark; empty if there is none. */
    static String query(String target) {
        String rest = cut(target, '#');
        int mark = rest.indexOf('?');
        return mark < 0 ? "" : rest.substring(mark + 1);
    }

    private static String cut(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String afterAuthority(String text, int start) {
        int slash = text.indexOf('/', start);
        return slash < 0 ? "/" : text.substring(slash);
    }

    private static String resolved(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            switch (parts[i].toLowerCase(Locale.ROOT).replace("%2e", ".")) {
                case "." -> {
                    if (last) {
                        segments.addLast("");
                    }
                }
                case ".." -> {
                    segments.pollLast();
                    if (last) {
                        segments.addLast("");
                    }
                }
                default -> segments.addLast(parts[i]);
            }
        }
        return "/" + String.join("/", segments);
    }
}
