package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of {@code security.audit.suppressions}: a finding somebody has accepted.
 *
 * @param checkId exact
 * @param titleIncludes no condition if empty
 * @param detailIncludes no condition if empty
 */
record Suppression(String checkId, String titleIncludes, String detailIncludes) {
    static final String KEY = "security.audit.suppressions";

    static List<Suppression> in(Settings settings) {
        List<Suppression> found = new ArrayList<>();
        for (Object entry : settings.items(KEY)) {
            if (entry instanceof Map<?, ?> map) {
                Suppression suppression =
                        new Suppression(text(map, "checkId"), text(map, "titleIncludes"), text(map, "detailIncludes"));
                if (!suppression.checkId.isEmpty()) {
                    found.add(suppression);
                }
            }
        }
        return found;
    }

    boolean matches(Finding finding) {
        return finding.checkId().equals(checkId)
                && finding.title().contains(titleIncludes)
                && finding.detail().contains(detailIncludes);
    }

    private static String text(Map<?, ?> map, String key) {
        return Optional.ofNullable(map.get(key)).map(String::valueOf).orElse("").strip();
    }
}
