package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * What all regular expressions of one check may read together. The engine of the JDK backtracks, and knows neither deadline
 * nor interrupt; but it reads its text character by character from whoever gives it one.
 */
final class MatchBudget {
    static final ScopedValue<MatchBudget> OF_CHECK = ScopedValue.newInstance();

    /** A tenth of a second or so. A text of 2 MiB is read once by most expressions. */
    static final long MOST_READS = 20_000_000;

    static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .regularExpressionFactory(MatchBudget::bounded)
            .build();

    private static final int READS_BETWEEN_LOOKS = 0x3ff;

    private long left = MOST_READS;

    /** The budget is spent. Of a type that the library passes on without logging the expression. */
    static final class Spent extends SchemaException {
        private static final long serialVersionUID = 1L;

        Spent() {
            super("too many reads");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** The thread was interrupted. Of the same type for the same reason. */
    static final class Interrupted extends SchemaException {
        private static final long serialVersionUID = 1L;

        Interrupted() {
            super("interrupted");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** As the library compiles it: ECMA-262's dollar, and names of Unicode's properties. */
    static Pattern compile(String expression) {
        return Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(expression)));
    }

    private static RegularExpression bounded(String expression) {
        Pattern pattern = compile(expression);
        return text -> {
            MatchBudget budget = OF_CHECK.isBound() ? OF_CHECK.get() : new MatchBudget();
            try {
                return pattern.matcher(budget.new Text(text)).find();
            } catch (StackOverflowError tooDeep) {
                throw new Spent();
            }
        };
    }

    private void read() {
        if ((--left & READS_BETWEEN_LOOKS) == 0) {
            if (left <= 0) {
                throw new Spent();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new Interrupted();
            }
        }
    }

    private final class Text implements CharSequence {
        private final String text;

        Text(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            read();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
