package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.operate.security.DeepProbe.Kind;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers of running gateways, good and bad. */
final class Probes {
    private Probes() {}

    static DeepProbe down() {
        return new DeepProbe(
                new DeepProbe.Socket(
                        "ws://127.0.0.1:9", "connection refused", Optional.of(new DeepProbe.Close(1006, ""))),
                new DeepProbe.Http("http://127.0.0.1:9", "connection refused", List.of()));
    }

    static DeepProbe answering() {
        return answering(Optional.empty(), 0);
    }

    /** All as it should be, but for one request. */
    static DeepProbe answering(Optional<Kind> bad, int status) {
        List<Request> requests = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            requests.add(new Request(
                    kind, "sessions_list", bad.filter(kind::equals).isPresent() ? status : kind.expected(), ""));
        }
        return new DeepProbe(
                new DeepProbe.Socket("ws://127.0.0.1:9", "", Optional.empty()),
                new DeepProbe.Http("http://127.0.0.1:9", "", requests));
    }
}
