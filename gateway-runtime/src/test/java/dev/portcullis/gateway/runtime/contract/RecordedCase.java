package dev.portcullis.gateway.runtime.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One recorded request with its answer. */
record RecordedCase(String id, String variant, JsonNode request, JsonNode expect, boolean remote, long delayMillis) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static List<RecordedCase> all() throws IOException {
        try (InputStream in = RecordedCase.class.getResourceAsStream("cases.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .map(node -> new RecordedCase(
                            node.get("id").stringValue(),
                            node.get("config_variant").stringValue(),
                            node.get("request"),
                            node.get("expect"),
                            node.has("client"),
                            node.has("delay_ms_before")
                                    ? node.get("delay_ms_before").longValue()
                                    : 0))
                    .toList();
        }
    }

    /** The tool that was asked for; empty if none. */
    String tool() {
        JsonNode body = request.path("body");
        JsonNode name = body.path("name").isString() ? body.path("name") : body.path("tool");
        return name.isString() ? name.stringValue() : "";
    }
}
