package dev.portcullis.gateway.runtime.session;

import java.util.Locale;
import java.util.regex.Pattern;

/** Agent and account ids: lower case, letters, digits, {@code _} and {@code -}, at most 64 characters. */
final class Ids {
    static final String DEFAULT_AGENT = "main";
    static final String DEFAULT_ACCOUNT = "default";

    private static final int MAX_LENGTH = 64;
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9_-]+");

    private Ids() {}

    static String agent(String text) {
        return normalise(text, DEFAULT_AGENT);
    }

    static String account(String text) {
        return normalise(text, DEFAULT_ACCOUNT);
    }

    /** Whether the text is an id but for its case and the white space around it. */
    static boolean isId(String text) {
        return VALID.matcher(text.strip().toLowerCase(Locale.ROOT)).matches();
    }

    private static String normalise(String text, String ifNothingIsLeft) {
        String id = text.strip().toLowerCase(Locale.ROOT);
        if (VALID.matcher(id).matches()) {
            return id;
        }
        String dashed = FOREIGN.matcher(id).replaceAll("-");
        int start = 0;
        int end = dashed.length();
        while (start < end && dashed.charAt(start) == '-') {
            start++;
        }
        while (end > start && dashed.charAt(end - 1) == '-') {
            end--;
        }
        String cut = dashed.substring(start, Math.min(end, start + MAX_LENGTH));
        return cut.isEmpty() ? ifNothingIsLeft : cut;
    }
}
