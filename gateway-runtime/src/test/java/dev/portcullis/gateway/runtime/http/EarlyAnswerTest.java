package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ServerConnectionException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tool that comes back at the very moment at which its caller is answered without it. */
@Timeout(60)
class EarlyAnswerTest {
    private static final HttpAnswer LATE = HttpAnswer.text(504, "late");
    private static final HttpAnswer RESULT = HttpAnswer.text(200, "result");

    private final HttpConnection connection = mock(HttpConnection.class);
    private final HttpExchange exchange = new HttpExchange(connection, head());

    private static RequestHead head() {
        Iterator<byte[]> sent = List.of(
                        "POST /tools/invoke HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                .iterator();
        return new RepeatedHead().read(new Received(sent::next));
    }

    @BeforeEach
    void connect() {
        HttpServer server = mock(HttpServer.class);
        when(server.hsts()).thenReturn("");
        when(connection.server()).thenReturn(server);
        when(connection.source()).thenReturn(mock(ConnectionSource.class));
    }

    @Test
    void toolThatComesBackMeanwhileDoesNotEndTheConnectionUnderTheAnswer() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        doAnswer(call -> {
                    writing.countDown();
                    go.await();
                    return order.add("written");
                })
                .when(connection)
                .write(any(BufferData.class));
        Thread early = Thread.ofPlatform().start(() -> exchange.sendEarly(LATE));
        writing.await();

        Thread handler = Thread.ofPlatform().start(() -> {
            exchange.send(RESULT);
            order.add("handler is back");
        });
        while (handler.getState() == Thread.State.NEW || handler.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        go.countDown();
        early.join();
        handler.join();

        assertEquals(List.of("written", "handler is back"), order);
        assertEquals(504, exchange.status());
    }

    @Test
    void connectionWhoseCallerIsAnsweredEarlyIsNeverOpenForAnotherRequest() {
        List<Boolean> open = new ArrayList<>();
        HttpAnswer late = mock(HttpAnswer.class);
        when(late.status()).thenAnswer(call -> {
            open.add(exchange.open());
            return 504;
        });
        when(late.render(anyBoolean(), anyBoolean(), any())).thenReturn(BufferData.create(new byte[1]));

        exchange.sendEarly(late);

        assertFalse(open.contains(true));
        assertFalse(exchange.open());
    }

    @Test
    void callerWhoIsGoneWhenAnsweredEarlyIsNobodysFault() {
        doThrow(new ServerConnectionException("write failed", new SocketException("reset")))
                .when(connection)
                .write(any(BufferData.class));

        assertDoesNotThrow(() -> exchange.sendEarly(LATE));

        assertFalse(exchange.open());
    }
}
