package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.Locale;

/** How bad a finding is; the worst comes last. Other words than those of a security audit. */
public enum Severity {
    INFO,
    WARNING,
    ERROR;

    /** As documents and options say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
