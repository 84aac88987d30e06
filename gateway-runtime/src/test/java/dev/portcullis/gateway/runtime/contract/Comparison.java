package dev.portcullis.gateway.runtime.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What differs between a recorded answer and ours. {@code <any>} matches anything, {@code <int>} an integer. */
final class Comparison {
    private static final List<String> HEADERS = List.of(
            "content-type",
            "allow",
            "retry-after",
            "cache-control",
            "strict-transport-security",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy");

    private final Set<String> ignored;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Set<String> ignored) {
        this.ignored = ignored;
    }

    /** @param ignored fields of results that are not held against us */
    static List<String> of(JsonNode expected, Optional<RawHttp.Answer> got, Set<String> ignored) {
        Comparison comparison = new Comparison(ignored);
        comparison.compare(expected, got);
        return comparison.differences;
    }

    private void compare(JsonNode expected, Optional<RawHttp.Answer> got) {
        if (expected.has("no_response")) {
            got.ifPresent(answer -> differences.add("no answer was recorded, got " + answer.status()));
            return;
        }
        if (got.isEmpty()) {
            differences.add("no answer");
            return;
        }
        RawHttp.Answer answer = got.get();
        if (expected.get("status").intValue() != answer.status()) {
            differences.add("status " + expected.get("status") + ", got " + answer.status());
        }
        if (expected.has("headers")) {
            headers(expected.get("headers"), answer);
        }
        body(expected, answer.body());
    }

    private void headers(JsonNode expected, RawHttp.Answer answer) {
        for (String name : HEADERS) {
            String wanted = expected.has(name) ? expected.get(name).stringValue() : null;
            String got = answer.headers().get(name);
            if (wanted == null) {
                if (got != null && (name.equals("allow") || name.equals("retry-after"))) {
                    differences.add("header " + name + " was not recorded, got " + got);
                }
            } else if (!wanted.equals("<any>")
                    && !(wanted.equals("<int>") && got != null && got.matches("\\d+"))
                    && !wanted.equals(got)) {
                differences.add("header " + name + " \"" + wanted + "\", got " + got);
            }
        }
    }

    private void body(JsonNode expected, String body) {
        if (expected.has("body")) {
            try {
                match(expected.get("body"), RecordedCase.JSON.readTree(body), "body");
            } catch (JacksonException noJson) {
                differences.add("body is no JSON: " + body);
            }
        } else if (expected.has("body_text")
                && !expected.get("body_text").stringValue().equals("<any>")
                && !expected.get("body_text").stringValue().equals(body)) {
            differences.add("body " + expected.get("body_text") + ", got " + body);
        }
    }

    private void match(JsonNode expected, JsonNode got, String path) {
        if (expected.isString() && expected.stringValue().equals("<any>")) {
            return;
        }
        if (expected.isObject() && got.isObject()) {
            Set<String> names = new TreeSet<>(expected.propertyNames());
            names.addAll(got.propertyNames());
            for (String name : names) {
                String child = path + "." + name;
                // we say ok:false in every error, which the reference does in some
                if (child.equals("body.ok")
                        && !expected.has(name)
                        && !got.get(name).asBoolean()) {
                    continue;
                }
                if (path.startsWith("body.result.") && ignored.contains(name)) {
                    continue;
                }
                if (!expected.has(name)) {
                    differences.add(child + " was not recorded");
                } else if (!got.has(name)) {
                    differences.add(child + " is missing");
                } else {
                    match(expected.get(name), got.get(name), child);
                }
            }
        } else if (expected.isArray() && got.isArray() && expected.size() == got.size()) {
            for (int i = 0; i < expected.size(); i++) {
                match(expected.get(i), got.get(i), path + "[" + i + "]");
            }
        } else if (path.endsWith(".text") && expected.isString() && got.isString() && isJson(expected)) {
            match(
                    RecordedCase.JSON.readTree(expected.stringValue()),
                    RecordedCase.JSON.readTree(got.stringValue()),
                    path);
        } else if (!expected.equals(got)) {
            differences.add(path + " " + shorten(expected) + ", got " + shorten(got));
        }
    }

    /** JSON as a text is compared field by field; its form is held by the results without such fields. */
    private boolean isJson(JsonNode text) {
        return text.isString()
                && text.stringValue().startsWith("{")
                && ignored.stream().anyMatch(name -> text.stringValue().contains('"' + name + '"'));
    }

    private static String shorten(JsonNode node) {
        String text = node.toString();
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
