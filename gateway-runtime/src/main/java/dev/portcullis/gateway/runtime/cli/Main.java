package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Entry point of {@code portcullis}. */
public final class Main {
    private Main() {}

    /** Runs one command, and ends the process with its exit code. */
    public static void main(String[] args) {
        LoggingSetup.forCommands();
        ConfigEnvironment environment = ConfigEnvironment.ofProcess(ConfigEnvironment.Overrides.NONE);
        Optional<Path> distribution = Distribution.home();
        System.exit(Commands.line(
                        List.of(args),
                        Surroundings.ofProcess(),
                        ConfigFiles.locator(environment, distribution),
                        new GatewayStarter(environment, distribution),
                        new ProcessHost())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args));
    }
}
