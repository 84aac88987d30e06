package dev.portcullis.benchmarks;

import java.util.Arrays;

/** What one run counted: latencies in nanoseconds, in order of size once closed. */
final class Samples {
    private long[] values = new long[1 << 16];
    private int count;
    private long answerBytes;

    void add(long nanos, int bytes) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = nanos;
        answerBytes += bytes;
    }

    Samples close() {
        Arrays.sort(values, 0, count);
        return this;
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
