package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code diagnostics}; the section has many keys of the reference gateway without effect here. */
final class DiagnosticsReader {
    private static final List<String> PROTOCOLS = List.of("http/json", "http/protobuf");

    /** Those that the client sets itself, or that would change what a request is. */
    private static final Set<String> NOT_OURS =
            Set.of("content-type", "content-length", "host", "connection", "expect", "upgrade", "transfer-encoding");

    private DiagnosticsReader() {}

    static DiagnosticsConfig read(Section diagnostics, SecretReferences secrets) {
        DiagnosticsConfig.Metrics standard = DiagnosticsConfig.DEFAULT.metrics();
        Section metrics = diagnostics.section("metrics");
        DiagnosticsConfig read = new DiagnosticsConfig(
                new DiagnosticsConfig.Metrics(
                        metrics.flag("enabled").orElse(standard.enabled()),
                        metrics.flag("openToLoopback").orElse(standard.openToLoopback())),
                otel(diagnostics.section("otel"), secrets));
        metrics.close();
        diagnostics.closeLeniently();
        return read;
    }

    private static DiagnosticsConfig.Otel otel(Section otel, SecretReferences secrets) {
        DiagnosticsConfig.Otel standard = DiagnosticsConfig.DEFAULT.otel();
        Optional<URI> base = endpoint(otel, "endpoint");
        Optional<URI> traces = endpoint(otel, "tracesEndpoint");
        Optional<URI> metrics = endpoint(otel, "metricsEndpoint");
        protocol(otel);
        DiagnosticsConfig.Otel read = new DiagnosticsConfig.Otel(
                otel.flag("enabled").orElse(standard.enabled()),
                traces.or(() -> base.map(uri -> below(uri, "v1/traces"))).orElse(standard.tracesEndpoint()),
                metrics.or(() -> base.map(uri -> below(uri, "v1/metrics"))).orElse(standard.metricsEndpoint()),
                otel.flag("traces").orElse(standard.traces()),
                otel.flag("metrics").orElse(standard.metrics()),
                headers(otel.section("headers"), secrets),
                otel.text("serviceName")
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .orElse(standard.serviceName()),
                otel.fraction("sampleRate").orElse(standard.sampleRate()),
                otel.number("flushIntervalMs", 100, Duration.ofDays(1).toMillis())
                        .map(Duration::ofMillis)
                        .orElse(standard.flushInterval()));
        otel.closeLeniently();
        return read;
    }

    private static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create(text.endsWith("/") ? text + path : text + "/" + path);
    }

    private static Optional<URI> endpoint(Section otel, String key) {
        return otel.text(key).flatMap(written -> {
            try {
                URI uri = new URI(written.strip());
                String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
                if ((scheme.equals("http") || scheme.equals("https"))
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null) {
                    return Optional.of(uri);
                }
            } catch (URISyntaxException malformed) {
                // said below
            }
            otel.error(
                    key,
                    "it is no address of a collector",
                    "Write http:// or https:// with a host, as in http://127.0.0.1:4318; credentials go into headers.");
            return Optional.empty();
        });
    }

    private static void protocol(Section otel) {
        otel.text("protocol").ifPresent(written -> {
            if (!PROTOCOLS.contains(written)) {
                otel.unknownWord("protocol", written, PROTOCOLS);
            } else if (written.equals("http/protobuf")) {
                otel.warning(
                        "protocol",
                        "this gateway sends JSON over HTTP, which collectors take at the same address",
                        "Remove the key, or write http/json.");
            }
        });
    }

    private static Map<String, Secret> headers(Section section, SecretReferences secrets) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        for (String name : section.keys()) {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
                    || NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
                section.error(name, "it cannot be the name of a header here", "Remove it.");
                continue;
            }
            secrets.secret(section, name).ifPresent(value -> {
                if (value.reveal().chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
                    section.error(name, "its value has characters that a header cannot have", "Use printable ASCII.");
                } else {
                    headers.put(name, value);
                }
            });
        }
        return headers;
    }
}
