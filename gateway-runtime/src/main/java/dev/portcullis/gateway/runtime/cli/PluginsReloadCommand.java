package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins reload}. */
@Command(
        name = "reload",
        description =
                "Let the gateway look at its plugin folders now, and load one plugin anew even if it is unchanged.")
final class PluginsReloadCommand extends ClientCommand {
    /** Plugins may take their time. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Plugin: its file, module or provider.")
    @Nullable
    String name;

    PluginsReloadCommand(CliContext context) {
        super(context);
    }

    @Override
    Duration timeout() {
        return TIMEOUT;
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("what", "plugins");
        if (name != null) {
            request.put("plugin", name);
        }
        return ReloadReply.print(gateway, output, request);
    }
}
