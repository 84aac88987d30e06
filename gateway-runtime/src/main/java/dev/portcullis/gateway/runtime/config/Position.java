package dev.portcullis.gateway.runtime.config;

/**
 * Where a value was written.
 *
 * @param source a file, or what else it came from: {@code --port}, {@code environment variable X}; empty if nobody wrote it
 * @param line 0 where it is not known
 */
record Position(String source, int line) {
    static final Position NONE = new Position("", 0);

    static Position of(String source) {
        return new Position(source, 0);
    }
}
