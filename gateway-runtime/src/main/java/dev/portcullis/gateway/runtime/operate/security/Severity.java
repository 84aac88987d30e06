package dev.portcullis.gateway.runtime.operate.security;

import java.util.Locale;

/** How bad a finding is; the worst comes first. */
public enum Severity {
    CRITICAL,
    WARN,
    INFO;

    /** As documents and options say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
