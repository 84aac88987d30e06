package dev.portcullis.gateway.runtime.config;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as they are written, for all who read text: not a digit is lost, and none is too large to calculate with. */
public final class ExactNumber {
    /** 1e999999999 is short to write and takes all memory to calculate with. */
    private static final int LARGEST_EXPONENT = 1_000;

    private static final int MOST_DIGITS = 1_000;

    private ExactNumber() {}

    /**
     * A number that is no whole one, or too large for a {@code long}.
     *
     * @param text as JSON has it
     * @return a {@link Double} if that has the same digits, otherwise a {@link BigDecimal}; empty if there are more than 1,000
     *     digits before or after the point, or it is no number
     */
    public static Optional<Number> of(String text) {
        if (text.length() > 2 * MOST_DIGITS) {
            return Optional.empty();
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(text);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
        if (exact.signum() == 0) {
            return Optional.of(
                    exact.scale() > 1 && exact.scale() <= MOST_DIGITS ? exact : (Number) Double.valueOf(text));
        }
        long exponent = exact.precision() - (long) exact.scale();
        if (exact.precision() > MOST_DIGITS || Math.abs(exponent) > LARGEST_EXPONENT) {
            return Optional.empty();
        }
        double near = exact.doubleValue();
        if (Double.isFinite(near)) {
            BigDecimal shown = BigDecimal.valueOf(near);
            // 1.50 is not 1.5 to whoever counts money
            if (exact.scale() <= shown.scale() && exact.compareTo(shown) == 0) {
                return Optional.of(near);
            }
        }
        return Optional.of(exact);
    }
}
