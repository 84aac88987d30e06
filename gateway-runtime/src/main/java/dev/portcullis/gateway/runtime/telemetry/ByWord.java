package dev.portcullis.gateway.runtime.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters by a word that plugins or configurations choose: so many words and no more, the others share a meter. A series lives
 * as long as the process, so nobody may make as many as they like.
 */
final class ByWord<M> {
    /** Stands for the words that came too late. */
    static final String OTHER = "_other";

    private final Map<String, M> known = new ConcurrentHashMap<>();
    private final int most;
    private final Function<String, M> make;

    ByWord(int most, Function<String, M> make) {
        this.most = most;
        this.make = make;
    }

    M of(String word) {
        M meter = known.get(word);
        if (meter != null) {
            return meter;
        }
        return known.computeIfAbsent(known.size() < most ? word : OTHER, make);
    }

    boolean knows(String word) {
        return known.containsKey(word);
    }
}
