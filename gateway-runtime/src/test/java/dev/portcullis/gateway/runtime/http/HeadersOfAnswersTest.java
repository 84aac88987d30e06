package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What every answer carries, whatever it answers. */
@Timeout(60)
class HeadersOfAnswersTest {
    private static final Tool PROBE = Tool.of(TestRoad.named("probe"), call -> ToolResult.none());
    private static final String HSTS =
            "{gateway: {http: {securityHeaders: {strictTransportSecurity: 'max-age=31536000'}}}}";
    private static HttpHouse house;

    @BeforeAll
    static void start() {
        house = HttpHouse.of(TestRoad.of().serving(HSTS, PROBE));
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @TestFactory
    Stream<DynamicTest> securityHeadersAreOn() {
        Map<String, String> requests = Map.ofEntries(
                Map.entry("200", HttpHouse.callOf("probe")),
                Map.entry("200 ", "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"),
                Map.entry("400", "nonsense\r\n\r\n"),
                Map.entry("400 ", HttpHouse.call("{bad")),
                Map.entry("400  ", "POST /tools/invoke HTTP/1.1\r\nHost: bad host\r\n\r\n"),
                Map.entry("401", "POST /tools/invoke HTTP/1.1\r\nHost: h\r\n\r\n"),
                Map.entry("403", HttpHouse.callOf("probe", "X-Forwarded-For: 192.0.2.1")),
                Map.entry("404", HttpHouse.callOf("nothing")),
                Map.entry("404 ", "GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n"),
                Map.entry("405", "GET /tools/invoke HTTP/1.1\r\nHost: h\r\n\r\n"),
                Map.entry("413", HttpHouse.head("Content-Length: 9999999") + "\r\n"),
                Map.entry("414", "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n"),
                Map.entry("417", HttpHouse.callOf("probe", "Expect: x")),
                Map.entry("431", "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"));
        return requests.entrySet().stream()
                .map(request -> DynamicTest.dynamicTest(request.getKey(), () -> {
                    try (RawClient client = house.connect()) {
                        Answer answer = client.ask(request.getValue());

                        assertEquals(Integer.parseInt(request.getKey().strip()), answer.status());
                        assertEquals("nosniff", answer.header("x-content-type-options"));
                        assertEquals("no-referrer", answer.header("referrer-policy"));
                        assertEquals(
                                "camera=(), microphone=(self), geolocation=()", answer.header("permissions-policy"));
                        assertEquals("max-age=31536000", answer.header("strict-transport-security"));
                        assertFalse(answer.header("date").isEmpty());
                    }
                }));
    }

    @Test
    void strictTransportSecurityIsOffUnlessConfigured() throws Exception {
        try (HttpHouse plain = HttpHouse.of(PROBE);
                RawClient client = plain.connect()) {
            assertEquals("", client.ask(HttpHouse.callOf("probe")).header("strict-transport-security"));
        }
    }

    @Test
    void answersToInvocationsNameThem() throws Exception {
        try (RawClient client = house.connect()) {
            Answer answer = client.ask(HttpHouse.callOf("probe"));

            assertEquals(house.road.records.getLast().invocation(), answer.header("x-portcullis-invocation"));
        }
    }

    @Test
    void nameThatIsNoTextIsAnswered404AndRecorded() throws Exception {
        try (RawClient client = house.connect()) {
            Answer answer = client.ask(HttpHouse.call("{\"tool\":\"\\ud800\"}"));

            assertEquals(404, answer.status());
            assertEquals("not_available", house.road.records.getLast().outcome());
        }
    }
}
