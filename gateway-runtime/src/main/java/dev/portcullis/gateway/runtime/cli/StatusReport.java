package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is configured here, and what runs.
 *
 * @param problems why a gateway would not start with the configuration; empty if it would
 * @param look empty if it is not known where to look
 * @param unknown why it is not known
 * @param given whether the command line said where the gateway is
 */
record StatusReport(
        Optional<Path> file,
        String chosenBy,
        Path stateDir,
        List<String> problems,
        Optional<GatewayLook> look,
        String unknown,
        boolean given) {
    StatusReport {
        problems = List.copyOf(problems);
    }

    static StatusReport of(ConfigAccess access, @Nullable GatewayLook look, String unknown, boolean given) {
        List<String> problems = access.draft().reading() instanceof ConfigReading.Invalid invalid
                ? invalid.errors().stream().map(ConfigProblem::text).toList()
                : List.of();
        return new StatusReport(
                access.file(),
                access.chosenBy(),
                access.stateDir(),
                problems,
                Optional.ofNullable(look),
                unknown,
                given);
    }

    /** Whether it is about the gateway of this state directory. */
    boolean here() {
        return look.map(found -> found.target().here()).orElse(!given);
    }

    boolean well() {
        return look.filter(found -> found.state() == GatewayLook.State.OK).isPresent();
    }
}
