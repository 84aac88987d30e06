package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Entry point of {@code portcullis}. */
public final class Main {
    /** What shutdown hooks of plugins have. */
    private static final Duration LAST_WORK = Duration.ofSeconds(5);

    private Main() {}

    /** Runs one command, and ends the process with its exit code. */
    public static void main(String[] args) {
        LoggingSetup.forCommands();
        ConfigEnvironment environment = ConfigEnvironment.ofProcess(ConfigEnvironment.Overrides.NONE);
        Optional<Path> distribution = Distribution.home();
        exit(Commands.line(
                        List.of(args),
                        Surroundings.ofProcess(),
                        ConfigFiles.locator(environment, distribution),
                        new GatewayStarter(environment, distribution),
                        new ProcessHost())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args));
    }

    /**
     * What plugins and libraries registered to run at the end of the process runs beside each other and may never come back: the
     * process ends without it then.
     */
    private static void exit(int status) {
        Thread.ofPlatform().name("end").daemon().start(() -> {
            try {
                Thread.sleep(LAST_WORK);
            } catch (InterruptedException hurry) {
                // whoever it was wants an end too
            }
            System.err.println("portcullis: a shutdown hook did not end within " + LAST_WORK.toSeconds()
                    + " s, and the process ends without it");
            Runtime.getRuntime().halt(status);
        });
        System.exit(status);
    }
}
