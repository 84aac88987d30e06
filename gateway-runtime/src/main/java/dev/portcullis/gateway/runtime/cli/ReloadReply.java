package dev.portcullis.gateway.runtime.cli;

import java.util.List;
import java.util.Map;

/** Asks a gateway to read something again, and prints what came of it. */
final class ReloadReply {
    private ReloadReply() {}

    static int print(GatewayClient gateway, Output output, Map<String, Object> request) {
        Object answer = gateway.accepted(gateway.post(ClientCommand.API + "/reload", request, Map.of()));
        if (output.json()) {
            output.document(answer);
            return Fields.of(answer).texts("problems").isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
        }
        Fields document = Fields.of(answer);
        List<String> changes = document.texts("changes");
        output.line(changes.isEmpty() ? "Reloaded." : "Reloaded:");
        changes.forEach(change -> output.line("  " + Printable.line(change)));
        List<String> restart = document.texts("restart");
        if (!restart.isEmpty()) {
            output.line("In force only after a restart: " + Printable.line(String.join(", ", restart)));
        }
        List<String> problems = document.texts("problems");
        if (!problems.isEmpty()) {
            output.line("Not served as the files are:");
            problems.forEach(problem -> output.line("  " + Printable.line(problem)));
        }
        return problems.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
