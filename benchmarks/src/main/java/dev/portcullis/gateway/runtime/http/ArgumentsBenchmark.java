package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.runtime.catalog.ArgumentsValidator;
import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a body to arguments that fit their schema. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ArgumentsBenchmark {
    private final byte[] body =
            ("{\"tool\":\"text_statistics\",\"args\":{\"text\":\"The quick brown fox jumps over the lazy"
                            + " dog. Pack my box with five dozen liquor jugs.\",\"wordsPerMinute\":250}}")
                    .getBytes(StandardCharsets.UTF_8);
    private final ArgumentsValidator validator = ArgumentsValidator.compile(InputSchema.object()
            .requiredString("text", "The text")
            .optionalInteger("wordsPerMinute", 1, 10_000, "Speed")
            .toMap());
    private final InvocationRequest request = InvocationBody.parse(body);

    @Benchmark
    public InvocationRequest parse() {
        return InvocationBody.parse(body);
    }

    @Benchmark
    public Arguments validate() {
        return validator.check(request.arguments());
    }

    @Benchmark
    public Arguments both() {
        return validator.check(InvocationBody.parse(body).arguments());
    }
}
