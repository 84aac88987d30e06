package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.audit.AuditReader;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command about the audit file. Reads the file itself, so that it works when no gateway runs. */
abstract class AuditCommand implements Callable<Integer> {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Audit file to read (default: the one that the configuration names, or audit.jsonl in the state "
                            + "directory). Its archives are read too.")
    @Nullable
    Path chosen;

    private final CliContext context;

    AuditCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public final Integer call() {
        Path file = file();
        try {
            return run(file, context.output());
        } catch (UncheckedIOException unreadable) {
            throw CliException.failed(String.valueOf(unreadable.getMessage()));
        }
    }

    abstract int run(Path file, Output output);

    private Path file() {
        if (chosen != null) {
            return chosen;
        }
        ConfigAccess access = context.configuration();
        GatewayConfig config = access.read().config();
        Path file = config.audit().file().orElse(access.stateDir().resolve("audit.jsonl"));
        if (!config.audit().enabled() && !new AuditReader(file).exists()) {
            throw CliException.failed("Nothing is recorded: logging.audit.enabled is false, and there is no " + file);
        }
        return file;
    }

    static AuditReader reader(Path file) {
        AuditReader reader = new AuditReader(file);
        if (!reader.exists()) {
            throw CliException.failed(
                    "There is no audit file " + file
                            + ": has a gateway run with this state directory? --file names another, --state-dir another directory");
        }
        return reader;
    }

    static Map<String, Object> find(Path file, String invocation) {
        return reader(file)
                .find(invocation)
                .orElseThrow(
                        () -> CliException.failed(
                                "There is no record of invocation \""
                                        + invocation + "\" in " + file
                                        + " and its archives. It may be older than what is kept, or a refusal that was counted with others;"
                                        + " answers name theirs in the header x-portcullis-invocation, and \"portcullis audit list\" shows the last"));
    }
}
