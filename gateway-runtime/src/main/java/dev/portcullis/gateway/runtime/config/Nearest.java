package dev.portcullis.gateway.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody probably meant. For every reader of names. */
public final class Nearest {
    private Nearest() {}

    /** The closest of the known names, if it is close enough to be meant. */
    static Optional<String> to(String written, Collection<String> known) {
        String lower = written.strip().toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(3, lower.length() / 3));
        return known.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The same where a wrong guess does harm: one slip, or more in a name that begins alike. */
    static Optional<String> likely(String written, Collection<String> known) {
        String lower = written.strip().toLowerCase(Locale.ROOT);
        return to(written, known).filter(name -> {
            String other = name.toLowerCase(Locale.ROOT);
            return distance(lower, other) == 1 || lower.charAt(0) == other.charAt(0);
        });
    }

    /** {@code Did you mean "x"?}, or nothing. */
    public static String question(String written, Collection<String> known) {
        return to(written, known).map(name -> "Did you mean \"" + name + "\"?").orElse("");
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
