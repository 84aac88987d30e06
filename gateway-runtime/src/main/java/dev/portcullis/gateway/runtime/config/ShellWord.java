package dev.portcullis.gateway.runtime.config;

import java.util.regex.Pattern;

/** Names of files in commands that operators are told to run: one word to a shell, whatever the file is called. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@%+=:,./~_-]+");

    private ShellWord() {}

    /** Quoted where that is needed. */
    public static String of(Object name) {
        String text = name.toString();
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** Quoted in any case. */
    public static String quoted(Object name) {
        return "'" + name.toString().replace("'", "'\\''") + "'";
    }
}
