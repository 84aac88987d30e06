package dev.portcullis.gateway.runtime.json;

/** Characters that are legal in JSON text and steer what shows it: a terminal, an editor, the direction of a line. */
public final class Unprintable {
    private Unprintable() {}

    /** JSON text in which each of them is an escape, for files and terminals. It means the same. */
    public static String escaped(String json) {
        int length = json.length();
        int i = 0;
        while (i < length && !is(json.charAt(i))) {
            i++;
        }
        if (i == length) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(length + 32).append(json, 0, i);
        for (; i < length; i++) {
            char c = json.charAt(i);
            if (is(c)) {
                escaped.append(String.format("\\u%04X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** DEL and C1, line and paragraph separators, and what sets the direction of text or is not seen at all. */
    static boolean is(char c) {
        if (c < 0x7F) {
            return false;
        }
        return c <= 0x9F
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x206F)
                || c == 0xFEFF;
    }
}
