package dev.portcullis.gateway.runtime.fuzz;

import dev.portcullis.gateway.runtime.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was recorded, as bytes to start from. */
final class Seeds {
    private static final JsonMapper JSON = new JsonMapper();

    private Seeds() {}

    /** Requests: those of the recording, and some that are damaged in ways that were thought of. */
    static List<byte[]> requests() {
        List<byte[]> seeds = new ArrayList<>(text("fuzz/damaged-requests.txt")
                .lines()
                .map(line -> line.translateEscapes().getBytes(StandardCharsets.ISO_8859_1))
                .toList());
        text("contract/cases.jsonl")
                .lines()
                .map(line -> JSON.readTree(line).get("request"))
                .filter(request -> request.has("body") || request.has("body_raw"))
                .map(Seeds::request)
                .distinct()
                .map(whole -> whole.getBytes(StandardCharsets.UTF_8))
                .filter(seed -> seed.length < 4096)
                .forEach(seeds::add);
        return seeds;
    }

    private static String request(JsonNode request) {
        StringBuilder head = new StringBuilder(request.get("method").stringValue())
                .append(' ')
                .append(request.get("path").stringValue())
                .append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (JsonNode field : request.path("headers")) {
            head.append(field.get(0).stringValue())
                    .append(": ")
                    .append(field.get(1).stringValue())
                    .append("\r\n");
        }
        String body = request.has("body")
                ? request.get("body").toString()
                : request.get("body_raw").stringValue();
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return head + "Content-Length: " + length + "\r\n\r\n" + body;
    }

    /** Configurations: those of the recording and of its starts, and one in HOCON. */
    static List<String> configurations() {
        Stream<String> variants = JSON.readTree(text("config/variants.json"))
                .propertyStream()
                .map(variant -> variant.getValue().path("config"))
                .filter(JsonNode::isObject)
                .map(JsonNode::toString);
        Stream<String> starts = text("config/startup-cases.jsonl")
                .lines()
                .map(JSON::readTree)
                .map(start -> start.has("config_text")
                        ? start.get("config_text").stringValue()
                        : start.get("config").toPrettyString());
        return Stream.of(variants, starts, Stream.of(text("fuzz/gateway.conf"), text("config/hostile-seed.json")))
                .flatMap(texts -> texts)
                .distinct()
                .toList();
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(TestGateway.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
