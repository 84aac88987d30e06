package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Appending as fast as the disk takes it: the writer is the bound, so this is the whole price of a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AuditBenchmark {
    private final AuditRecord entry = new AuditRecord(
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            "0A1B2C3D-1z",
            "http",
            "127.0.0.1",
            "127.0.0.1",
            null,
            new AuditRecord.Caller("operator", "token", null),
            new AuditRecord.Request("text_statistics", null, "agent:main:main", "main", null, null, 200),
            new AuditRecord.Ruling("allowed", null, null, null),
            new AuditRecord.End("textkit", "1.0.0", "completed", null, 200, 123_456, 100_123, 300),
            AuditRecord.Steps.NONE);
    private Path file;
    private FileAuditLog log;

    @Setup
    public void open() throws IOException {
        file = Files.createTempFile("portcullis-audit", ".jsonl");
        log = FileAuditLog.open(file, Long.MAX_VALUE);
    }

    @TearDown
    public void close() throws IOException {
        log.close();
        Files.delete(file);
    }

    @Benchmark
    public void append() {
        log.append(entry);
    }
}
