package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong, so that it is said at once. */
final class Problems {
    private final List<ConfigProblem> errors = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final Set<String> wrong = new HashSet<>();

    void error(Position at, ConfigPath path, String what, String advice) {
        error(at, path.toString(), what, advice);
    }

    void error(Position at, String path, String what, String advice) {
        errors.add(new ConfigProblem(at.source(), at.line(), path, what, advice));
        wrong.add(path);
    }

    void error(ConfigProblem problem) {
        errors.add(problem);
        wrong.add(problem.path());
    }

    void warning(Position at, ConfigPath path, String what, String advice) {
        warnings.add(new ConfigProblem(at.source(), at.line(), path.toString(), what, advice));
    }

    boolean wrong(ConfigPath path) {
        return wrong.contains(path.toString());
    }

    List<ConfigProblem> errors() {
        return List.copyOf(errors);
    }

    List<ConfigProblem> warnings() {
        return List.copyOf(warnings);
    }
}
