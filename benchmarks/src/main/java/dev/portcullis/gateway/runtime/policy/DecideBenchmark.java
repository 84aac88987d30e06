package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.benchmarks.Configured;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The decision; it must not grow with the rules or the tools. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DecideBenchmark {
    @Param({"10", "100", "1000"})
    public int entries;

    @Param({"10", "1000"})
    public int tools;

    private PolicyEngine engine;
    private InvocationContext context;

    @Setup
    public void compile() {
        Map<String, String> index = new HashMap<>(Map.of("text_statistics", "textkit"));
        for (int i = 1; i < tools; i++) {
            index.put("area" + i + "_tool", "plugin" + i % 50);
        }
        engine = PolicyEngine.compile(Configured.withEntries(entries), new ToolIndex(index, Set.of()), List.of());
        context = new InvocationContext(
                Principal.operator(),
                InvocationContext.HTTP,
                "agent:main:main",
                "main",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    @Benchmark
    public Decision allowed() {
        return engine.decide("text_statistics", context);
    }

    @Benchmark
    public Decision denied() {
        return engine.decide("area1_secret1", context);
    }

    @Benchmark
    public Decision unknown() {
        return engine.decide("no_such_tool", context);
    }
}
