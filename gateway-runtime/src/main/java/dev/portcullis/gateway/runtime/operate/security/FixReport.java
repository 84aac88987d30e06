package dev.portcullis.gateway.runtime.operate.security;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was changed, and what could not be.
 *
 * @param backup what the configuration was before, if it was written
 * @param changes of the configuration, one line each
 * @param errors what was left as it is although it should change
 */
public record FixReport(
        Path stateDir,
        Optional<Path> configPath,
        boolean configWritten,
        Optional<Path> backup,
        List<String> changes,
        List<Action> actions,
        List<String> errors) {
    /**
     * One permission.
     *
     * @param skipped why nothing was to be done; empty if something was
     * @param error why it failed; empty if it did not
     */
    public record Action(Path path, int mode, String skipped, String error) {
        public boolean done() {
            return skipped.isEmpty() && error.isEmpty();
        }
    }

    public FixReport {
        changes = List.copyOf(changes);
        actions = List.copyOf(actions);
        errors = List.copyOf(errors);
    }

    public boolean ok() {
        return errors.isEmpty()
                && actions.stream().allMatch(action -> action.error().isEmpty());
    }
}
