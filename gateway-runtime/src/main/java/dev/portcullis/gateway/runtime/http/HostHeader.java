package dev.portcullis.gateway.runtime.http;

import java.util.List;

/** Whether a Host header could be part of a URL. */
final class HostHeader {
    /** Forbidden host code points of the WHATWG URL standard, but for the brackets of an IPv6 literal. */
    private static final String FORBIDDEN = " \t#/<>?@\\^|%";

    private HostHeader() {}

    static boolean valid(List<String> values) {
        if (values.isEmpty()) {
            return true;
        }
        String host = values.getFirst().strip();
        if (host.isEmpty() || forbidden(host)) {
            return false;
        }
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end > 1 && port(host, end + 1);
        }
        int colon = host.indexOf(':');
        return colon != 0 && host.indexOf('[') < 0 && host.indexOf(']') < 0 && (colon < 0 || port(host, colon));
    }

    private static boolean forbidden(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < 0x20 || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The name or address alone, an IPv6 address with its brackets. */
    static String withoutPort(String host) {
        int colon = host.indexOf(':', host.startsWith("[") ? Math.max(host.indexOf(']'), 0) : 0);
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static boolean digits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What follows the name: nothing, or a colon and perhaps a number after it. */
    private static boolean port(String host, int from) {
        int length = host.length() - from;
        if (length == 0 || (length == 1 && host.charAt(from) == ':')) {
            return true;
        }
        return host.charAt(from) == ':'
                && length <= 6
                && digits(host, from + 1)
                && Integer.parseInt(host, from + 1, host.length(), 10) <= 65_535;
    }
}
