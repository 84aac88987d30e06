package dev.portcullis.gateway.runtime.plugin;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The gateway must not start with its plugins as they are. Carries every problem found, not only the fatal ones. */
public final class PluginStartException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<PluginProblem> problems;

    PluginStartException(List<PluginProblem> problems) {
        super(problems.stream()
                .filter(PluginProblem::fatal)
                .map(PluginProblem::text)
                .collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All problems, those that stop the start first. */
    public List<PluginProblem> problems() {
        return problems;
    }
}
