package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections from their first request to their end. */
class ConnectionLifeTest extends ConnectionFixture {
    @Test
    void connectionServesOneRequestAfterTheOther() throws Exception {
        RawClient client = client(house());

        for (int i = 0; i < 20; i++) {
            Answer answer = client.ask(echo("number " + i));

            assertTrue(answer.body().contains("number " + i), answer.body());
            assertEquals("keep-alive", answer.header("connection"));
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        RawClient client = client(house());
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            all.append(echo("number " + i + "."));
        }

        client.send(all.toString());

        for (int i = 0; i < 50; i++) {
            assertTrue(client.read().body().contains("number " + i + "."));
        }
    }

    @Test
    void requestsStayInStepHoweverTheyAreCutUp() throws Exception {
        HttpHouse house = house();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int connection = 0; connection < 60; connection++) {
            RawClient client = client(house);
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                String text = connection + "-" + i + "-x" + "x".repeat(random.nextInt(3_000)) + ".";
                all.append(random.nextBoolean() ? echo(text) : inChunks(text, random));
            }
            int largest = random.nextBoolean() ? 40 : 9_000;
            for (int at = 0; at < all.length(); ) {
                int end = Math.min(all.length(), at + 1 + random.nextInt(largest));
                client.send(all.substring(at, end));
                at = end;
            }

            for (int i = 0; i < 6; i++) {
                String body = client.read().body();
                assertTrue(body.contains("\"" + connection + "-" + i + "-x"), "seed " + seed + ": " + body);
            }
            client.close();
        }
    }

    private static String inChunks(String text, Random random) {
        String body = "{\"tool\":\"echo\",\"args\":{\"text\":\"" + text + "\"}}";
        StringBuilder sent = new StringBuilder(HttpHouse.head("Transfer-Encoding: chunked")).append("\r\n");
        for (int at = 0; at < body.length(); ) {
            int end = Math.min(body.length(), at + 1 + random.nextInt(900));
            sent.append(Integer.toHexString(end - at)).append(random.nextBoolean() ? ";a=b\r\n" : "\r\n");
            sent.append(body, at, end).append("\r\n");
            at = end;
        }
        return sent.append("0\r\n\r\n").toString();
    }

    @Test
    void connectionEndsWhereTheClientSaysSo() throws Exception {
        RawClient client = client(house());

        Answer answer = client.ask("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + HEALTH);

        assertEquals(200, answer.status());
        assertEquals("close", answer.header("connection"));
        assertTrue(client.ended());
    }

    @Test
    void oldClientsGetOneAnswerUnlessTheyAskForMore() throws Exception {
        HttpHouse house = house();
        RawClient old = client(house);
        RawClient keeping = client(house);

        Answer first = old.ask("GET /healthz HTTP/1.0\r\n\r\n");
        Answer second = keeping.ask("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

        assertEquals("close", first.header("connection"));
        assertTrue(old.ended());
        assertEquals("keep-alive", second.header("connection"));
        assertEquals(200, keeping.ask(HEALTH).status());
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        RawClient client = client(house());

        Answer head = client.send("HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
        Answer get = client.ask(HEALTH);

        assertEquals(200, head.status());
        assertEquals(get.header("content-length"), head.header("content-length"));
        assertEquals("{\"ok\":true,\"status\":\"live\"}", get.body());
    }

    @Test
    void upgradeToAnythingElseIsRefused() throws Exception {
        Answer answer = client(house()).ask(HttpHouse.callOf("echo", "Upgrade: h2c", "Connection: Upgrade"));

        assertEquals(400, answer.status());
        assertEquals("close", answer.header("connection"));
    }

    /** One that waits 300 ms for a head. */
    private HttpHouse impatientHouse() {
        return house(
                echoing(),
                ToolsInvokeHandler.BODY_TIME,
                new ConnectionLimits(Duration.ofMillis(300), Duration.ofSeconds(60), 100));
    }

    @Test
    void slowHeadIsAnswered408() throws Exception {
        RawClient client = client(impatientHouse());

        Answer answer = client.ask("GET /healthz HTT");

        assertEquals(408, answer.status());
        assertTrue(client.ended());
    }

    @Test
    void headThatTricklesIsSlowTooEvenIfItIsOnlyEmptyLines() throws Exception {
        RawClient client = client(impatientHouse());

        Thread trickle = client.trickle("\r\n", Duration.ofMillis(5));
        Answer answer = client.read();
        trickle.interrupt();

        assertEquals(408, answer.status());
    }

    @Test
    void clientThatDoesNotTakeItsAnswerIsCut() throws Exception {
        TestRoad road =
                TestRoad.of(Tool.of(TestRoad.named("large"), call -> ToolResult.text("x".repeat(12 * 1024 * 1024))));
        HttpHouse house = house(
                road,
                ToolsInvokeHandler.BODY_TIME,
                new ConnectionLimits(Duration.ofSeconds(30), Duration.ofMillis(500), 100));
        RawClient client = client(house);
        client.socket().setReceiveBufferSize(4096);

        client.send(HttpHouse.callOf("large"));

        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (house.road.records.isEmpty() || !house.server.drain(Duration.ofMillis(100))) {
            assertTrue(System.nanoTime() < until, "still writing");
        }
    }

    @Test
    void moreConnectionsThanMayBeOpenWaitAndAreServedLater() throws Exception {
        HttpHouse house = house(
                echoing(),
                ToolsInvokeHandler.BODY_TIME,
                new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), 2));
        RawClient first = client(house);
        RawClient second = client(house);
        first.ask(HEALTH);
        second.ask(HEALTH);
        RawClient third = client(house);
        third.send(HEALTH);
        third.socket().setSoTimeout(300);
        boolean waited = false;
        try {
            third.read();
        } catch (SocketTimeoutException expected) {
            waited = true;
        }
        third.socket().setSoTimeout(20_000);

        first.close();

        assertTrue(waited);
        assertEquals(200, third.read().status());
    }

    @Test
    void connectionsThatAreResetAtOnceDoNotHurtTheListener() throws Exception {
        HttpHouse house = house();

        for (int i = 0; i < 300; i++) {
            house.connect().reset();
        }

        assertEquals(200, client(house).ask(HEALTH).status());
        assertTrue(house.server.listening());
    }

    @Test
    @SuppressWarnings("NullAway")
    void handlerThatThrowsIsAnswered500AndTheListenerGoesOn() throws Exception {
        HttpHouse house = house();
        house.failing = null;

        Answer broken = client(house).ask(echo("x"));
        house.failing = List.of();

        assertEquals(500, broken.status());
        assertFalse(broken.body().contains("NullPointer"), broken.body());
        assertEquals(200, client(house).ask(HEALTH).status());
    }

    @Test
    void drainingGatewayRefusesWorkAndClosesAndSaysItLives() throws Exception {
        HttpHouse house = house();
        house.failing = List.of(Readiness.DRAINING);
        RawClient client = client(house);

        Answer answer = client.ask(echo("x"));
        Answer ready = client(house).ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Answer live = client(house).ask(HEALTH);

        assertEquals(503, answer.status());
        assertEquals("1", answer.header("retry-after"));
        assertTrue(client.ended());
        assertEquals(503, ready.status());
        assertEquals(200, live.status());
    }

    @Test
    void gatewayWithAClosedListenerIsNotReady() throws Exception {
        HttpHouse house = house();
        house.failing = List.of(Readiness.LISTENER_CLOSED);

        Answer ready = client(house).ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertEquals(503, ready.status());
        assertTrue(ready.body().contains("\"failing\":[\"listener-closed\"]"), ready.body());
        assertEquals(200, client(house).ask(echo("x")).status());
    }

    @Test
    void closedListenerSaysSo() {
        HttpHouse house = house();

        house.server.close();

        assertFalse(house.server.listening());
    }

    @Test
    void stoppingWaitsForWhatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        TestRoad road = TestRoad.of(Tool.of(TestRoad.named("slow"), call -> {
            running.countDown();
            enough.await();
            return ToolResult.text("done");
        }));
        HttpHouse house = house(road, ToolsInvokeHandler.BODY_TIME, HttpHouse.LIMITS);
        RawClient client = client(house);
        client.send(HttpHouse.callOf("slow"));
        running.await();

        boolean tooEarly = house.server.drain(Duration.ofMillis(50));
        enough.countDown();
        boolean drained = house.server.drain(Duration.ofSeconds(20));
        Answer answer = client.read();
        house.server.close();

        assertFalse(tooEarly);
        assertTrue(drained);
        assertEquals(200, answer.status());
        assertTrue(client.ended());
    }
}
