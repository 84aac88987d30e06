package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The invocations that run, and the tools among them that ran away. A tool is known by its object: the same name in a new
 * generation of its plugin is another tool.
 */
final class ActiveRuns {
    private static final System.Logger LOG = System.getLogger(ActiveRuns.class.getName());

    private final Set<Running> runs = ConcurrentHashMap.newKeySet();
    private final IdentityHashMap<Tool, Set<Running>> runaways = new IdentityHashMap<>();
    private volatile boolean anyRunaway;

    void add(Running run) {
        runs.add(run);
    }

    void remove(Running run) {
        runs.remove(run);
        if (anyRunaway) {
            forget(run);
        }
    }

    Iterable<Running> all() {
        return runs;
    }

    /** Those of the tools that run. */
    List<Running> of(Collection<CatalogTool> tools) {
        Set<Tool> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        tools.forEach(tool -> wanted.add(tool.tool()));
        return runs.stream().filter(run -> wanted.contains(run.toolObject())).toList();
    }

    int count() {
        return runs.size();
    }

    boolean refuses(Tool tool) {
        if (!anyRunaway) {
            return false;
        }
        synchronized (runaways) {
            return runaways.containsKey(tool);
        }
    }

    /** True if the run still goes on, and was not known to have run away. */
    boolean ranAway(Running run) {
        synchronized (runaways) {
            // before the look: who ends after it must know that there may be something to forget
            anyRunaway = true;
            boolean first = false;
            if (runs.contains(run)) {
                Set<Running> known = runaways.getOrDefault(run.toolObject(), new HashSet<>());
                first = known.add(run);
                runaways.put(run.toolObject(), known);
            }
            anyRunaway = !runaways.isEmpty();
            return first;
        }
    }

    /** It is not known to have run away; true if its tool was refused for it alone. */
    boolean takeBack(Running run) {
        synchronized (runaways) {
            Set<Running> left = runaways.get(run.toolObject());
            if (left == null || !left.remove(run) || !left.isEmpty()) {
                return false;
            }
            runaways.remove(run.toolObject());
            anyRunaway = !runaways.isEmpty();
            return true;
        }
    }

    private void forget(Running run) {
        if (takeBack(run)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "Tool " + run.tool() + " of provider " + run.provider()
                            + ": the last of its runaway invocations ended; it is served again.");
        }
    }

    List<WatchReport.Runaway> report() {
        synchronized (runaways) {
            List<WatchReport.Runaway> report = new ArrayList<>();
            runaways.values().forEach(left -> {
                Running one = left.iterator().next();
                report.add(new WatchReport.Runaway(one.tool(), one.provider(), left.size()));
            });
            return report;
        }
    }
}
