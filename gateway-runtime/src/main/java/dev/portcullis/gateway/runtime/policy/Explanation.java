package dev.portcullis.gateway.runtime.policy;

import java.util.List;
import java.util.Optional;

/**
 * Why a tool may or may not be reached in a context: every step in order, for operators.
 *
 * @param tool as asked for
 * @param provider who provides the tool; empty if nobody does
 * @param lines one a step, also after the one that decided
 * @param changes what would have to change for the tool to be reachable, one line per step that removes it; empty if it is
 */
public record Explanation(
        String tool, Optional<String> provider, Decision decision, List<Line> lines, List<String> changes) {
    /** What a step may say. */
    public enum Opinion {
        NO_OPINION,
        KEPT,
        REMOVED
    }

    /**
     * One step.
     *
     * @param step its name
     * @param label the config path, or plugin's label, that spoke
     * @param entry the entry that matched, as written
     * @param text one sentence
     */
    public record Line(String step, String label, Opinion opinion, Optional<String> entry, String text) {}

    public Explanation {
        lines = List.copyOf(lines);
        changes = List.copyOf(changes);
    }
}
