package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** How reading a configuration ended. */
public sealed interface ConfigReading {
    /** What is doubtful, but no reason not to start. */
    List<ConfigProblem> warnings();

    /** Every file that took part, or should have: the one asked for, and what it includes. */
    Set<Path> files();

    /**
     * The configuration holds.
     *
     * @param unused paths of keys that the reference gateway knows and this one has no use for
     */
    record Valid(GatewayConfig config, List<ConfigProblem> warnings, List<String> unused, Set<Path> files)
            implements ConfigReading {
        public Valid {
            warnings = List.copyOf(warnings);
            unused = List.copyOf(unused);
            files = Set.copyOf(files);
        }
    }

    /** The configuration does not hold, for all these reasons. */
    record Invalid(List<ConfigProblem> errors, List<ConfigProblem> warnings, Set<Path> files) implements ConfigReading {
        public Invalid {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
            files = Set.copyOf(files);
        }
    }
}
