package dev.portcullis.gateway.api.policy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long an answer may be remembered for the context it was given for. Immutable. */
public final class Validity {
    private static final Validity THIS_CALL = new Validity(Duration.ZERO);
    private static final Validity UNTIL_RELOAD = new Validity(null);

    private final @Nullable Duration duration;

    private Validity(@Nullable Duration duration) {
        this.duration = duration;
    }

    /**
     * Not at all: the safe default.
     *
     * @return the source is asked at every call
     */
    public static Validity thisCall() {
        return THIS_CALL;
    }

    /**
     * For a while.
     *
     * @param duration positive, counted from the answer
     * @return the source is asked again after that
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    public static Validity lasting(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("A validity of " + duration + " is not positive; use thisCall()");
        }
        return new Validity(duration);
    }

    /**
     * Until the configuration or a plugin is reloaded.
     *
     * @return the source is asked once per context
     */
    public static Validity untilReload() {
        return UNTIL_RELOAD;
    }

    /**
     * The time.
     *
     * @return zero for this call only, empty for until reload
     */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    @Override
    public String toString() {
        if (duration == null) {
            return "until reload";
        }
        return duration.isZero() ? "this call" : duration.toString();
    }
}
