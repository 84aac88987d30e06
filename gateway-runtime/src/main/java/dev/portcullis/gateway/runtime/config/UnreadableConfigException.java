package dev.portcullis.gateway.runtime.config;

/** A file that cannot become a tree: missing, too large, or not in its syntax. Carries no cause: that could quote secrets. */
final class UnreadableConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ConfigProblem problem;

    UnreadableConfigException(Position at, String what, String advice) {
        this(new ConfigProblem(at.source(), at.line(), "", what, advice));
    }

    private UnreadableConfigException(ConfigProblem problem) {
        super(problem.text(), null, false, false);
        this.problem = problem;
    }

    ConfigProblem problem() {
        return problem;
    }
}
