package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.json.JsonReader;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer;
import dev.portcullis.gateway.runtime.operate.OperatorRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Routes below {@code /portcullis/v1/}: authenticated like a tool call, then answered by the operators' views. */
final class OperatorHandler {
    static final String PREFIX = "/portcullis/v1/";

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Duration BODY_TIME = Duration.ofSeconds(10);
    private static final String NO_STORE = "Cache-Control: no-store";

    private final InvocationPipeline pipeline;
    private final Function<OperatorRequest, OperatorAnswer> views;

    OperatorHandler(InvocationPipeline pipeline, Function<OperatorRequest, OperatorAnswer> views) {
        this.pipeline = pipeline;
        this.views = views;
    }

    void handle(HttpExchange exchange, Snapshot snapshot, Attribution attribution, String path) {
        exchange.send(answer(exchange, snapshot, attribution, path).with(NO_STORE));
    }

    private HttpAnswer answer(HttpExchange exchange, Snapshot snapshot, Attribution attribution, String path) {
        String method = exchange.head().method();
        if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("POST")) {
            return Answers.methodNotAllowed("GET, HEAD, POST");
        }
        return switch (pipeline.authenticate(snapshot, attribution, exchange.head(), "operator")) {
            case AuthDecision.Admitted admitted -> viewed(exchange, admitted.principal(), path);
            case AuthDecision.Refused refused -> Answers.of(new Outcome.Unauthenticated());
            case AuthDecision.LockedOut locked -> Answers.of(new Outcome.LockedOut(locked.retryAfter()));
            case AuthDecision.Failed failed -> Answers.of(new Outcome.AuthenticationFailed());
        };
    }

    private HttpAnswer viewed(HttpExchange exchange, Principal principal, String path) {
        exchange.connection().admit();
        OperatorRequest request;
        try {
            request = request(exchange, principal, path);
        } catch (BodyFailure failure) {
            return Answers.of(failure.outcome());
        } catch (JsonReader.Malformed malformed) {
            return Answers.of(new Outcome.BodyMalformed(String.valueOf(malformed.getMessage())));
        } catch (IllegalArgumentException escape) {
            return Answers.error(400, "invalid_request", "The request target has a malformed percent escape");
        }
        OperatorAnswer answer = views.apply(request);
        return HttpAnswer.json(status(answer.status()), JsonWriter.bytes(answer.body()));
    }

    private static int status(OperatorAnswer.Status status) {
        return switch (status) {
            case OK -> 200;
            case CREATED -> 201;
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case UNKNOWN -> 404;
            case READ_ONLY -> 405;
            case FAILED -> 500;
        };
    }

    private static OperatorRequest request(HttpExchange exchange, Principal principal, String path) {
        boolean change = exchange.head().method().equals("POST");
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(PREFIX.length()).split("/", -1)) {
            // the view is what whoever stands before us decides by, so it has one spelling; a plus sign is one in a
            // path
            segments.add(segments.isEmpty() ? segment : decoded(segment.replace("+", "%2B")));
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : exchange.head().target().query().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        Map<String, Object> body =
                change ? body(exchange.body(LARGEST_BODY, BODY_TIME).bytes()) : Map.of();
        return new OperatorRequest(change, segments, query, body, principal);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> body(byte[] bytes) {
        if (bytes.length == 0) {
            return Map.of();
        }
        try (JsonParser parser = JsonReader.open(new String(bytes, StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonReader.Malformed("The body must be a JSON object");
            }
            Map<String, Object> body = JsonReader.object(parser, 1);
            if (parser.nextToken() != null) {
                throw new JsonReader.Malformed("Malformed JSON: something follows the value");
            }
            return body;
        } catch (JacksonException broken) {
            throw JsonReader.malformed(broken);
        }
    }
}
