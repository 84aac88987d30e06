package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.policy.Explanation.Opinion;
import org.jspecify.annotations.Nullable;

/**
 * What one step says about one tool.
 *
 * @param label config path of the list that spoke, or the step's own name
 * @param entry the entry that matched, as written
 * @param text one sentence for the operator
 * @param change what would have to change for the tool to pass; empty unless removed
 */
record Verdict(Opinion opinion, String label, @Nullable String entry, String text, String change) {
    static Verdict none(String label, String text) {
        return new Verdict(Opinion.NO_OPINION, label, null, text, "");
    }

    static Verdict kept(String label, @Nullable String entry, String text) {
        return new Verdict(Opinion.KEPT, label, entry, text, "");
    }

    static Verdict removed(String label, @Nullable String entry, String text, String change) {
        return new Verdict(Opinion.REMOVED, label, entry, text, change);
    }

    boolean removes() {
        return opinion == Opinion.REMOVED;
    }
}
