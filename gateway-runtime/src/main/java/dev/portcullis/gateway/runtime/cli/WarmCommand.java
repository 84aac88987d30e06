package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code portcullis warm}. */
@Command(
        name = "warm",
        description = "Make a cache of what the JVM works out at every start, so that later starts are quicker.",
        footer = {
            "",
            "The cache lies in the state directory and is used by whatever starts with that directory.",
            "After an update, or on another JDK, it does not fit any more and is passed over: make it again.",
        })
final class WarmCommand implements Callable<Integer> {
    static final String FILE_NAME = "portcullis.aot";

    @Option(names = "--output", paramLabel = "FILE", hidden = true, description = "Write the cache there instead.")
    @Nullable
    Path output;

    private final CliContext context;
    private final Optional<Path> distribution;

    WarmCommand(CliContext context, Optional<Path> distribution) {
        this.context = context;
        this.distribution = distribution;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path home = distribution.orElseThrow(() -> CliException.failed(
                "There is no distribution to make a cache for: run warm by bin/portcullis of an unpacked archive"));
        if (output == null && Files.exists(home.resolve("runtime/lib").resolve(FILE_NAME))) {
            context.output().remark("This distribution brings its cache along: there is nothing to do.");
            return ExitStatus.OK;
        }
        Path file = output == null ? context.configuration().stateDir().resolve(FILE_NAME) : output;
        context.output().remark("Starting a gateway with a state of its own, to learn from it; this takes a while.");
        long bytes = new Warming(home, file.toAbsolutePath()).make();
        if (context.output().json()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("cache", file.toString());
            document.put("bytes", bytes);
            context.output().document(document);
        } else {
            context.output().line("Made " + file + " (" + bytes / 1_000_000 + " MB). The next start uses it.");
        }
        return ExitStatus.OK;
    }
}
