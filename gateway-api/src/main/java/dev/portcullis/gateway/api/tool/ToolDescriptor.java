package dev.portcullis.gateway.api.tool;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says of itself: name, description, input schema and wishes about how it is run. Immutable.
 *
 * <p>A wish is never a right: the operator's configuration may shorten a timeout, and nothing in a descriptor widens who
 * may reach the tool.
 */
public final class ToolDescriptor {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private final String name;
    private final String description;
    private final InputSchema input;
    private final @Nullable Duration timeout;
    private final boolean platformThread;

    private ToolDescriptor(Builder builder) {
        this.name = builder.name;
        this.description = builder.description;
        this.input = builder.input;
        this.timeout = builder.timeout;
        this.platformThread = builder.platformThread;
    }

    /**
     * Starts a descriptor.
     *
     * @param name what callers and policies call the tool: {@code [a-z][a-z0-9_-]*}, at most 64 characters
     * @return a builder with an empty description and a schema that accepts any object
     * @throws IllegalArgumentException if the name does not match
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * The name.
     *
     * @return matches {@code [a-z][a-z0-9_-]{0,63}}
     */
    public String name() {
        return name;
    }

    /**
     * What the tool does, for people and for models that choose tools.
     *
     * @return plain text, possibly empty
     */
    public String description() {
        return description;
    }

    /**
     * What the tool accepts.
     *
     * @return the schema that arguments are checked against before {@link Tool#invoke} is called
     */
    public InputSchema input() {
        return input;
    }

    /**
     * How long an invocation may take, if the tool knows.
     *
     * @return a positive duration, or empty for the gateway's default (60 seconds unless configured)
     */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /**
     * Whether the tool wants a platform thread: for work that keeps a processor busy, or native code that needs one.
     *
     * @return false unless asked for
     */
    public boolean platformThread() {
        return platformThread;
    }

    @Override
    public String toString() {
        return "ToolDescriptor[" + name + "]";
    }

    /** Collects a {@link ToolDescriptor}. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private String description = "";
        private InputSchema input = InputSchema.object();
        private @Nullable Duration timeout;
        private boolean platformThread;

        private Builder(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "Tool name \"" + name
                                + "\" is not valid: lower-case letters, digits, '_' and '-', a letter first, at most 64 characters");
            }
            this.name = name;
        }

        /**
         * Sets the description.
         *
         * @param text plain text
         * @return this builder
         */
        public Builder description(String text) {
            this.description = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Sets the input schema.
         *
         * @param schema what the tool accepts
         * @return this builder
         */
        public Builder input(InputSchema schema) {
            this.input = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /**
         * Sets the time an invocation may take.
         *
         * @param limit positive; the operator's configuration wins over it, and more than a year counts as a year
         * @return this builder
         * @throws IllegalArgumentException if the duration is zero or negative
         */
        public Builder timeout(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("Tool \"" + name + "\": timeout " + limit + " is not positive");
            }
            this.timeout = limit;
            return this;
        }

        /**
         * Asks for a platform thread; see {@link ToolDescriptor#platformThread()}.
         *
         * @return this builder
         */
        public Builder onPlatformThread() {
            this.platformThread = true;
            return this;
        }

        /**
         * Finishes the descriptor.
         *
         * @return the descriptor
         */
        public ToolDescriptor build() {
            return new ToolDescriptor(this);
        }
    }
}
