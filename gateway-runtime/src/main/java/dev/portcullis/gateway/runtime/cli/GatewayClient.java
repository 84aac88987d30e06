package dev.portcullis.gateway.runtime.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Talks to one running gateway. */
final class GatewayClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Bytes of an answer: whatever answers there may be no gateway, and have no end. */
    private static final long LARGEST = 64L << 20;

    /** What a gateway answers to plain text where it encrypts. */
    private static final String HTTPS_ALONE = "This port speaks HTTPS, not HTTP.";

    private final GatewayTarget target;
    private final Duration timeout;
    private final HttpClient http;

    GatewayClient(GatewayTarget target, Duration timeout) {
        this.target = target;
        this.timeout = timeout;
        this.http = http(target).connectTimeout(CONNECT).build();
    }

    static HttpClient.Builder http(GatewayTarget target) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        return target.encrypted() ? builder.sslContext(target.trust().context()) : builder;
    }

    /**
     * An answer in JSON, whatever its status.
     *
     * @param retryAfter seconds, empty if not said
     */
    record Reply(int status, @Nullable Object body, String retryAfter) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    @Nullable
    Object fetchValue(String path, Map<String, String> query) {
        return accepted(get(path, query));
    }

    Reply get(String path, Map<String, String> query) {
        return send(request(path, query).GET());
    }

    Reply post(String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, Map.of())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(body)));
        headers.forEach(request::header);
        return send(request);
    }

    @Nullable
    Object accepted(Reply reply) {
        if (!reply.ok()) {
            throw Refusals.explain(target, reply);
        }
        return reply.body();
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        URI uri = URI.create(target.base() + path + (parameters.isEmpty() ? "" : "?" + parameters));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", "application/json");
        target.credential().ifPresent(credential -> {
            String value = "Bearer " + credential.secret().reveal();
            if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
                throw CliException.failed("The credential from " + credential.source()
                        + " has characters that no HTTP header can carry: use printable ASCII");
            }
            request.header("Authorization", value);
        });
        return request;
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = answer(request.build());
            if (response.statusCode() == 400 && HTTPS_ALONE.equals(response.body())) {
                throw Refusals.encrypts(target);
            }
            Json.Parsed body = Json.parse(response.body())
                    .orElseThrow(() -> Refusals.foreign(
                            target,
                            response.statusCode(),
                            response.headers().firstValue("Content-Type").orElse("no content type")));
            return new Reply(
                    response.statusCode(),
                    body.value(),
                    response.headers().firstValue("Retry-After").orElse(""));
        } catch (HttpTimeoutException late) {
            throw Refusals.late(target, timeout);
        } catch (ConnectException absent) {
            throw Refusals.unreachable(target, "connection refused");
        } catch (SSLException notBelieved) {
            throw Refusals.untrusted(target, notBelieved);
        } catch (IOException broken) {
            throw Refusals.noHttp(target, broken.getClass().getSimpleName());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Interrupted while waiting for the gateway at " + target.base());
        }
    }

    /** The time limit of a request ends with the head of its answer; a command's does not. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw Refusals.late(target, timeout);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("no answer", failed.getCause());
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
