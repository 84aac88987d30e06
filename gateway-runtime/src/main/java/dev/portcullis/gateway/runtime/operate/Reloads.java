package dev.portcullis.gateway.runtime.operate;

import java.util.List;
import java.util.Optional;

/** Reading everything again while the gateway serves: done by {@code Gateway}, asked for by operators. */
public interface Reloads {
    /** What is to be read again. */
    enum What {
        CONFIG,
        PLUGINS,
        EVERYTHING
    }

    /**
     * How a reload ended.
     *
     * @param problems why nothing was changed; empty if it was accepted
     * @param changes what is served otherwise than before, a sentence each
     */
    record Report(List<String> problems, List<String> changes) {
        public Report {
            problems = List.copyOf(problems);
            changes = List.copyOf(changes);
        }

        public boolean accepted() {
            return problems.isEmpty();
        }
    }

    /**
     * How the files compare with what is served.
     *
     * @param skipped why files as they are now are not served
     * @param restart keys whose change takes a restart
     */
    record State(List<String> skipped, List<String> restart) {
        public static final State SERVED = new State(List.of(), List.of());

        public State {
            skipped = List.copyOf(skipped);
            restart = List.copyOf(restart);
        }
    }

    /**
     * Reads it, as the files are now.
     *
     * @param plugin the name of one to be loaded anew although nothing changed
     */
    Report reload(What what, Optional<String> plugin);

    State state();
}
