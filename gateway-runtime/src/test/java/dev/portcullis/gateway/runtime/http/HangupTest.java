package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller who leaves cancels the tool that runs for it; one who only sends more does not. */
@Timeout(120)
class HangupTest {
    /** Promised are 100 ms; a noisy machine gets more, and the measured time is printed. */
    private static final long GENEROUS = TimeUnit.SECONDS.toNanos(2);

    private final LinkedBlockingQueue<String> began = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> interrupted = new LinkedBlockingQueue<>();
    private final HttpHouse house = HttpHouse.of(
            Tool.of(TestRoad.named("sleep"), call -> {
                began.add(call.id());
                try {
                    Thread.sleep(30_000);
                } catch (InterruptedException hungUp) {
                    interrupted.add(System.nanoTime());
                    throw hungUp;
                }
                return ToolResult.text("slept");
            }),
            Tool.of(TestRoad.named("nap"), call -> {
                began.add(call.id());
                Thread.sleep(400);
                return ToolResult.text("napped");
            }));

    @AfterEach
    void stop() {
        house.close();
    }

    private interface Leaving {
        void leave(RawClient client) throws IOException;
    }

    private void cancels(String how, RawClient client, Leaving leaving) throws Exception {
        began.take();
        Thread.sleep(60);
        long left = System.nanoTime();
        leaving.leave(client);
        Long at = interrupted.poll(30, TimeUnit.SECONDS);
        assertTrue(at != null, how + ": not interrupted");
        System.out.println("hang-up by " + how + " reached the tool after " + (at - left) / 1_000 + " us");
        assertTrue(at - left < GENEROUS, how + ": " + (at - left) + " ns");
        assertTrue(house.server.drain(Duration.ofSeconds(20)));
        assertEquals("cancelled", house.road.records.getLast().outcome());
        assertEquals(499, house.road.records.getLast().status());
        client.close();
    }

    @Test
    void closingCancels() throws Exception {
        cancels("close", house.connect().send(HttpHouse.callOf("sleep")), RawClient::close);
    }

    @Test
    void resettingCancels() throws Exception {
        cancels("reset", house.connect().send(HttpHouse.callOf("sleep")), RawClient::reset);
    }

    @Test
    void halfClosingCancels() throws Exception {
        cancels(
                "half-close",
                house.connect().send(HttpHouse.callOf("sleep")),
                client -> client.socket().shutdownOutput());
    }

    @Test
    void closingAKeptConnectionCancels() throws Exception {
        RawClient client = house.connect();
        client.ask(HttpHouse.callOf("nap"));
        began.take();

        cancels("close after keep-alive", client.send(HttpHouse.callOf("sleep")), RawClient::close);
    }

    @Test
    void closingAfterAPipelinedRequestCancels() throws Exception {
        RawClient client = house.connect();

        cancels(
                "close after pipelining",
                client.send(HttpHouse.callOf("sleep") + HttpHouse.callOf("nap")),
                RawClient::close);

        assertEquals(1, house.road.records.size(), "the pipelined request has nobody to answer to");
    }

    @Test
    void leavingAtOnceCancels() throws Exception {
        house.connect().send(HttpHouse.callOf("sleep")).close();

        assertTrue(interrupted.poll(30, TimeUnit.SECONDS) != null || !house.road.records.isEmpty());
        assertTrue(house.server.drain(Duration.ofSeconds(20)));
        assertEquals("cancelled", house.road.records.getLast().outcome());
    }

    @Test
    void nextRequestOnTheConnectionIsNoHangup() throws Exception {
        try (RawClient client = house.connect()) {
            client.send(HttpHouse.callOf("nap"));
            began.take();
            Thread.sleep(100);
            client.send(HttpHouse.callOf("nap"));

            Answer first = client.read();
            Answer second = client.read();
            Answer third = client.ask(HttpHouse.callOf("nap"));

            assertEquals(200, first.status());
            assertEquals(200, second.status());
            assertEquals(200, third.status());
        }
    }

    @Test
    void pipelinedRequestsOfOnePacketAreNoHangup() throws Exception {
        try (RawClient client = house.connect()) {
            client.send(HttpHouse.callOf("nap").repeat(3));

            for (int i = 0; i < 3; i++) {
                assertEquals(200, client.read().status());
            }
        }
    }

    @Test
    void leavingAfterTheAnswerCancelsNothing() throws Exception {
        try (RawClient client = house.connect()) {
            assertEquals(200, client.ask(HttpHouse.callOf("nap")).status());
        }

        assertEquals("completed", house.road.onlyRecord().outcome());
    }

    /** Its schema takes minutes to match, if it is let. */
    private static Tool slowToCheck(String name, boolean ownThread) {
        ToolDescriptor.Builder descriptor = ToolDescriptor.named(name)
                .description("a tool that must not run")
                .input(InputSchema.object()
                        .property("s", Map.of("type", "string", "pattern", "^((?:.(?:){5000})*?,){25}P"), true));
        return Tool.of((ownThread ? descriptor.onPlatformThread() : descriptor).build(), call -> {
            throw new AssertionError("its arguments do not fit");
        });
    }

    private static String slowCall() {
        String numbers = IntStream.rangeClosed(1, 33).mapToObj(String::valueOf).collect(Collectors.joining(","));
        return HttpHouse.call("{\"tool\":\"slow\",\"args\":{\"s\":\"" + numbers + "\"}}");
    }

    private static void await(HttpHouse where, int occupied) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (where.road.executor.occupied() != occupied) {
            assertTrue(System.nanoTime() < until, "occupied: " + where.road.executor.occupied());
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavingWhileArgumentsAreCheckedEndsTheCheck(boolean ownThread) throws Exception {
        try (HttpHouse slow = HttpHouse.of(slowToCheck("slow", ownThread))) {
            RawClient client = slow.connect().send(slowCall());
            await(slow, 1);

            client.close();

            await(slow, 0);
            assertTrue(slow.server.drain(Duration.ofSeconds(20)), "a thread still works for the request");
            assertEquals("cancelled", slow.road.onlyRecord().outcome());
            assertEquals(499, slow.road.onlyRecord().status());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deadlineEndsTheCheckAndLeavesNoThreadRunning(boolean ownThread) throws Exception {
        TestRoad hurried =
                new TestRoad().serving("{gateway: {invoke: {timeoutMs: 150}}}", slowToCheck("slow", ownThread));
        try (HttpHouse slow = HttpHouse.of(hurried);
                RawClient client = slow.connect()) {
            Answer answer = client.ask(slowCall());

            assertEquals(504, answer.status());
            await(slow, 0);
            client.close();
            assertTrue(slow.server.drain(Duration.ofSeconds(20)), "a thread still works for the request");
            assertEquals("timed_out", slow.road.onlyRecord().outcome());
        }
    }
}
