package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that are long, slow, unread or broken off. */
class RequestBodyTest extends ConnectionFixture {
    @Test
    void clientThatAsksFirstIsToldToContinue() throws Exception {
        RawClient client = client(house());
        String body = "{\"tool\":\"echo\"}";

        Answer go = client.send(HttpHouse.head("Expect: 100-continue", "Content-Length: " + body.length()) + "\r\n")
                .readHead();
        Answer answer = client.ask(body);

        assertEquals(100, go.status());
        assertEquals(200, answer.status());
    }

    @Test
    void strangerIsNotToldToContinue() throws Exception {
        RawClient client = client(house());

        Answer answer = client.ask(
                "POST /tools/invoke HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n" + "Content-Length: 15\r\n\r\n");

        assertEquals(401, answer.status());
        assertEquals("close", answer.header("connection"), "the body may follow or not");
    }

    @Test
    void otherExpectationsFail() throws Exception {
        Answer answer = client(house()).ask(HttpHouse.callOf("echo", "Expect: the-best"));

        assertEquals(417, answer.status());
    }

    @Test
    void declaredBodyMayHaveTwoMebibytesAndNotOneByteMore() throws Exception {
        HttpHouse house = house();
        String start = "{\"tool\":\"echo\",\"pad\":\"";
        String exact = start + "x".repeat(ToolsInvokeHandler.LARGEST_BODY - start.length() - 2) + "\"}";
        RawClient more = client(house);

        Answer fits = client(house).ask(HttpHouse.call(exact));
        Answer tooLarge = more.ask(HttpHouse.head("Content-Length: " + (exact.length() + 1)) + "\r\n{");

        assertEquals(200, fits.status(), fits::body);
        assertEquals(413, tooLarge.status());
        assertEquals("close", tooLarge.header("connection"));
        assertTrue(more.ended());
    }

    @Test
    void chunkedBodyIsBoundedWhileItComes() throws Exception {
        RawClient client = client(house());
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

        client.send(HttpHouse.head("Transfer-Encoding: chunked") + "\r\n");
        try {
            for (int i = 0; i < 40; i++) {
                client.send(chunk);
            }
        } catch (SocketException refused) {
            // the answer may come before we are through
        }

        assertEquals(413, client.read().status());
    }

    @Test
    void hugeChunkIsRefusedBeforeItComes() throws Exception {
        RawClient client = client(house());

        Answer answer = client.ask(HttpHouse.head("Transfer-Encoding: chunked") + "\r\nFFFFFFF\r\n");

        assertEquals(413, answer.status());
        assertTrue(client.ended());
    }

    @Test
    void slowBodyIsAnswered408() throws Exception {
        HttpHouse house = house(echoing(), Duration.ofMillis(300), HttpHouse.LIMITS);
        RawClient client = client(house);

        Answer answer = client.ask(HttpHouse.head("Content-Length: 15") + "\r\n{\"to");

        assertEquals(408, answer.status());
        assertEquals("close", answer.header("connection"));
        assertTrue(client.ended());
        assertEquals("body_timeout", house.road.onlyRecord().outcome());
    }

    @Test
    void bodyThatTricklesIsSlowToo() throws Exception {
        HttpHouse house = house(echoing(), Duration.ofMillis(400), HttpHouse.LIMITS);
        RawClient client = client(house);
        client.send(HttpHouse.head("Content-Length: 1000") + "\r\n");

        Thread trickle = client.trickle(" ", Duration.ofMillis(20));
        Answer answer = client.read();
        trickle.interrupt();

        assertEquals(408, answer.status());
    }

    @Test
    void bodyThatBreaksOffRunsNothingAndIsNoFaultOfOurs() throws Exception {
        HttpHouse house = house();
        RawClient half = client(house);
        RawClient reset = client(house);

        half.send(HttpHouse.head("Content-Length: 1000") + "\r\n{");
        half.socket().shutdownOutput();
        Answer answer = half.read();
        reset.send(HttpHouse.head("Content-Length: 1000") + "\r\n{");
        while (house.server.drain(Duration.ZERO)) {
            Thread.sleep(5);
        }
        reset.reset();
        house.server.drain(Duration.ofSeconds(20));

        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("Connection closed"), answer.body());
        assertEquals(
                List.of("body_malformed", "body_malformed"),
                house.road.records.stream().map(entry -> entry.outcome()).toList());
    }

    @Test
    void smallUnreadBodyIsDroppedAndTheConnectionGoesOn() throws Exception {
        RawClient client = client(house());
        String body = "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n";

        Answer refused = client.ask("POST /tools/invoke HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body + HEALTH);
        Answer next = client.read();

        assertEquals(401, refused.status());
        assertEquals(200, next.status(), "the body was taken for a request");
        assertEquals("{\"ok\":true,\"status\":\"live\"}", next.body());
    }

    @Test
    void largeUnreadBodyEndsTheConnectionAndTheAnswerArrives() throws Exception {
        RawClient client = client(house());

        Answer refused = client.ask("POST /tools/invoke HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
                + "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n".repeat(3_000));

        assertEquals(401, refused.status());
        assertEquals("close", refused.header("connection"));
        assertTrue(client.ended());
    }

    @Test
    void unreadChunkedBodyEndsTheConnection() throws Exception {
        RawClient client = client(house());

        Answer refused = client.ask(
                "POST /tools/invoke HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HEALTH);

        assertEquals(401, refused.status());
        assertTrue(client.ended());
    }
}
