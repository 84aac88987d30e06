package dev.portcullis.benchmarks;

import java.util.Arrays;
import java.util.List;

/** What one run counted: latencies in nanoseconds, in order of size once closed. */
final class Samples {
    private long[] values = new long[1 << 16];
    private int count;
    private long answerBytes;

    void add(long nanos, int bytes) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.max(1 << 8, count * 2));
        }
        values[count++] = nanos;
        answerBytes += bytes;
    }

    /** Sorts, and keeps no more room than it needs. */
    Samples close() {
        values = Arrays.copyOf(values, count);
        Arrays.sort(values);
        return this;
    }

    static Samples together(List<Samples> parts) {
        Samples all = new Samples();
        for (Samples part : parts) {
            for (int i = 0; i < part.count; i++) {
                all.add(part.values[i], 0);
            }
        }
        return all.close();
    }

    int count() {
        return count;
    }

    double meanAnswerBytes() {
        return count == 0 ? 0 : (double) answerBytes / count;
    }

    double micros(double percentile) {
        if (count == 0) {
            return Double.NaN;
        }
        int at = (int) Math.ceil(percentile / 100 * count) - 1;
        return values[Math.max(0, Math.min(count - 1, at))] / 1e3;
    }
}
