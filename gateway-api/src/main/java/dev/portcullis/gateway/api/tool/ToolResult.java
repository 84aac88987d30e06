package dev.portcullis.gateway.api.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tool gives back. Immutable; made of plain values only (String, Boolean, numbers, List, Map, null), which are copied
 * when the result is made.
 *
 * <p>On the wire a result is {@code {"content":[…],"details":…}}: content for people and models, details for programs.
 */
public final class ToolResult {
    private static final ToolResult NONE = new ToolResult(List.of(), null, false, true);

    private final List<Content> content;
    private final @Nullable Object details;
    private final boolean hasDetails;
    private final boolean none;

    private ToolResult(List<Content> content, @Nullable Object details, boolean hasDetails, boolean none) {
        this.content = content;
        this.details = details;
        this.hasDetails = hasDetails;
        this.none = none;
    }

    /**
     * A result that is data: it goes out as pretty-printed JSON text and as {@code details}.
     *
     * @param value a plain value
     * @return the result
     * @throws IllegalArgumentException if the value holds something that is not plain, contains itself, or is made of
     *     more than ten million values or an eighth of the heap
     */
    public static ToolResult of(@Nullable Object value) {
        Object copy = PlainValues.copy(value);
        return new ToolResult(List.of(new Content(Content.Kind.JSON, copy, "")), copy, true, false);
    }

    /**
     * A result that is text.
     *
     * @param text what to say
     * @return the result, without details
     */
    public static ToolResult text(String text) {
        return builder().text(text).build();
    }

    /**
     * Done, and nothing to say: the answer is {@code {"ok":true}} without a result.
     *
     * @return the empty result
     */
    public static ToolResult none() {
        return NONE;
    }

    /**
     * Starts a result of several parts.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The parts for people and models.
     *
     * @return an immutable list
     */
    public List<Content> content() {
        return content;
    }

    /**
     * The data for programs.
     *
     * @return a plain value; null also if there is none, see {@link #hasDetails()}
     */
    public @Nullable Object details() {
        return details;
    }

    /**
     * Whether {@link #details()} was given, possibly as null.
     *
     * @return true if it was
     */
    public boolean hasDetails() {
        return hasDetails;
    }

    /**
     * Whether this is {@link #none()}.
     *
     * @return true if there is nothing to say
     */
    public boolean isNone() {
        return none;
    }

    /** Says how many parts there are and never what they hold. */
    @Override
    public String toString() {
        return "ToolResult[" + content.size() + " content parts" + (hasDetails ? ", details" : "") + "]";
    }

    /** One part of the content. Immutable. */
    public static final class Content {
        /** What a part is. */
        public enum Kind {
            /** Plain text. */
            TEXT,
            /** A plain value, shown as pretty-printed JSON text. */
            JSON,
            /** An image, as base64 text with a media type. */
            IMAGE
        }

        private final Kind kind;
        private final @Nullable Object value;
        private final String mediaType;

        private Content(Kind kind, @Nullable Object value, String mediaType) {
            this.kind = kind;
            this.value = value;
            this.mediaType = mediaType;
        }

        /**
         * What this part is.
         *
         * @return the kind
         */
        public Kind kind() {
            return kind;
        }

        /**
         * What this part holds.
         *
         * @return the text, the plain value, or the base64 text
         */
        public @Nullable Object value() {
            return value;
        }

        /**
         * The media type of an image.
         *
         * @return for instance {@code image/png}; empty for the other kinds
         */
        public String mediaType() {
            return mediaType;
        }
    }

    /** Collects a {@link ToolResult}. Not safe for use by several threads. */
    public static final class Builder {
        private final List<Content> content = new ArrayList<>();
        private @Nullable Object details;
        private boolean hasDetails;

        private Builder() {}

        /**
         * Adds a text.
         *
         * @param text what to say
         * @return this builder
         */
        public Builder text(String text) {
            content.add(new Content(Content.Kind.TEXT, Objects.requireNonNull(text, "text"), ""));
            return this;
        }

        /**
         * Adds data, shown as pretty-printed JSON text.
         *
         * @param value a plain value
         * @return this builder
         * @throws IllegalArgumentException if the value holds something that is not plain, contains itself, or is made of
         *     more than ten million values or an eighth of the heap
         */
        public Builder json(@Nullable Object value) {
            content.add(new Content(Content.Kind.JSON, PlainValues.copy(value), ""));
            return this;
        }

        /**
         * Adds an image.
         *
         * @param base64 the bytes as base64 text
         * @param mediaType for instance {@code image/png}
         * @return this builder
         */
        public Builder image(String base64, String mediaType) {
            content.add(new Content(
                    Content.Kind.IMAGE,
                    Objects.requireNonNull(base64, "base64"),
                    Objects.requireNonNull(mediaType, "mediaType")));
            return this;
        }

        /**
         * Sets the data for programs.
         *
         * @param value a plain value
         * @return this builder
         * @throws IllegalArgumentException if the value holds something that is not plain, contains itself, or is made of
         *     more than ten million values or an eighth of the heap
         */
        public Builder details(@Nullable Object value) {
            this.details = PlainValues.copy(value);
            this.hasDetails = true;
            return this;
        }

        /**
         * Finishes the result.
         *
         * @return the result
         */
        public ToolResult build() {
            return new ToolResult(List.copyOf(content), details, hasDetails, false);
        }
    }
}
