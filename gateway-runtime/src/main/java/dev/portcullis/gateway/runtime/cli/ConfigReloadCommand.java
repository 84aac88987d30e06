package dev.portcullis.gateway.runtime.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code portcullis config reload}. */
@Command(
        name = "reload",
        description = "Let the gateway read its configuration now; it does so by itself when a file changes.")
final class ConfigReloadCommand extends ClientCommand {
    ConfigReloadCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        return ReloadReply.print(gateway, output, Map.of("what", "config"));
    }
}
