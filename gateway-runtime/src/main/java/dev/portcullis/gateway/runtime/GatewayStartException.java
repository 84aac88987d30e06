package dev.portcullis.gateway.runtime;

import java.io.Serial;
import java.util.List;

/** The gateway does not start. Carries everything that was found, for the operator to mend at once. */
public final class GatewayStartException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;
    private final boolean configuration;

    /** @param configuration whether starting again without a change is pointless */
    GatewayStartException(List<String> problems, boolean configuration) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
        this.configuration = configuration;
    }

    public List<String> problems() {
        return problems;
    }

    public boolean configuration() {
        return configuration;
    }
}
