package dev.portcullis.gateway.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Secrets of every kind. All of them hold {@link #MARK}. */
final class Canary {
    static final String MARK = "7f3a9c";
    static final String TOKEN = "canary-token-7f3a9c01-and-long-enough";
    static final String CONFIGURED = "canary-configured-7f3a9c02";
    static final String REFERRED = "canary-referred-7f3a9c03";
    static final String VARIABLE = "canary-variable-7f3a9c04";
    static final String CREDENTIAL = "canary-credential-7f3a9c05";
    static final String ARGUMENT = "canary-argument-7f3a9c06";
    static final String RESULT = "canary-result-7f3a9c07";
    static final String HEADER = "canary-header-7f3a9c08";
    static final String QUERY = "canary-query-7f3a9c09";
    static final String MALFORMED = "canary-malformed-7f3a9c10";
    static final String EDITED = "canary-edited-7f3a9c11-and-long-enough";
    static final String FRAME = "canary-frame-7f3a9c12";
    static final String TYPED = "canary-typed-7f3a9c13-and-long-enough";
    static final String EXPORTED = "canary-exported-7f3a9c14";
    static final String KEY = "Y2FuYXJ5LWtleS03ZjNhOWMxNQcanary7f3a9c15";

    private Canary() {}

    /** Every line with a canary in it, by the place where it came out. */
    static List<String> leaks(Map<String, String> places) {
        List<String> leaks = new ArrayList<>();
        places.forEach((place, text) ->
                text.lines().filter(line -> line.contains(MARK)).forEach(line -> leaks.add(place + ": " + line)));
        return leaks;
    }
}
