package dev.portcullis.gateway.runtime.operate.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What was repaired.
 *
 * @param changes a line each
 * @param errors what could not be repaired, and why
 */
public record Repairs(List<String> changes, List<String> errors) {
    public Repairs {
        changes = List.copyOf(changes);
        errors = List.copyOf(errors);
    }

    /** Makes every repair that the findings know of, each once. */
    public static Repairs of(List<Finding> findings) {
        List<String> changes = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        Set<Repair> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Finding finding : findings) {
            finding.repair().filter(made::add).ifPresent(repair -> {
                try {
                    changes.addAll(repair.make());
                } catch (IOException failed) {
                    errors.add(finding.checkId() + ": " + failed.getMessage());
                }
            });
        }
        return new Repairs(changes, errors);
    }
}
