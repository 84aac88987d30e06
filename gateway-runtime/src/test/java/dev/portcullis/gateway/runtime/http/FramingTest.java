package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Requests whose limits could be seen differently by somebody in front of us are refused, and the connection with them. */
@Timeout(120)
class FramingTest {
    private static final Tool.Handler HANDLER = mock(Tool.Handler.class);
    private static final String AUTH = "Host: h\r\nAuthorization: Bearer " + TestRoad.TOKEN + "\r\n";
    private static final String BODY = "{\"tool\":\"probe\"}";
    private static HttpHouse house;

    @BeforeAll
    static void start() {
        house = HttpHouse.of(Tool.of(TestRoad.named("probe"), HANDLER));
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private record Bad(String name, int status, String bytes) {}

    @TestFactory
    Stream<DynamicTest> refusedWithItsConnection() {
        String post = "POST /tools/invoke HTTP/1.1\r\n" + AUTH;
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        return List.of(
                        new Bad("no method", 400, " /tools/invoke HTTP/1.1\r\n\r\n"),
                        new Bad("no target", 400, "POST HTTP/1.1\r\nHost: h\r\n\r\n"),
                        new Bad("no version", 400, "POST /tools/invoke\r\nHost: h\r\n\r\n"),
                        new Bad("garbage", 400, "\u0016\u0003\u0001\u0000garbage\r\n\r\n"),
                        new Bad("HTTP/2 preface", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                        new Bad("version 1.2", 400, "POST /tools/invoke HTTP/1.2\r\n" + AUTH + "\r\n"),
                        new Bad("lower-case method", 400, "post /tools/invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("space in the target", 400, "POST /tools /invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("target without a slash", 400, "POST tools/invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("backslash for a slash", 400, "POST \\tools\\invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad(
                                "scheme behind a path",
                                400,
                                "POST x/y://h/tools/invoke HTTP/1.1\r\n" + AUTH + "Content-Length: 16\r\n\r\n" + BODY),
                        new Bad("scheme without a name", 400, "POST ://h/tools/invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("slash twice", 400, "POST //tools/invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("dot segment", 400, "POST /x/../tools/invoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("escaped slash", 400, "POST /tools%2finvoke HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("fragment", 400, "POST /tools/invoke#x HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("asterisk", 400, "OPTIONS * HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad(
                                "URL of another host",
                                400,
                                "GET http://elsewhere:1/healthz HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("tunnel", 400, "CONNECT h:443 HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("bare LF", 400, "POST /tools/invoke HTTP/1.1\nHost: h\n\n"),
                        new Bad("bare LF in a header", 400, post + "X: a\nContent-Length: 0\r\n\r\n"),
                        new Bad("no host", 400, "POST /tools/invoke HTTP/1.1\r\n\r\n"),
                        new Bad("two hosts", 400, post + "Host: other\r\n\r\n"),
                        new Bad(
                                "two hosts in HTTP/1.0",
                                400,
                                "GET /healthz HTTP/1.0\r\nHost: h\r\nHost: other\r\n\r\n"),
                        new Bad("header without colon", 400, post + "Content-Length 5\r\n\r\n"),
                        new Bad("header without name", 400, post + ": 5\r\n\r\n"),
                        new Bad("space before the colon", 400, post + "Content-Length : 15\r\n\r\n" + BODY),
                        new Bad("folded header", 400, post + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
                        new Bad("control character in a header", 400, post + "X: a\u0000b\r\n\r\n"),
                        new Bad("control character in a name", 400, post + "X\u0001: ab\r\n\r\n"),
                        new Bad(
                                "both lengths",
                                400,
                                post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        new Bad("two lengths", 400, post + "Content-Length: 15\r\nContent-Length: 15\r\n\r\n" + BODY),
                        new Bad(
                                "two different lengths",
                                400,
                                post + "Content-Length: 15\r\nContent-Length: 3\r\n\r\n" + BODY),
                        new Bad("list of lengths", 400, post + "Content-Length: 15, 15\r\n\r\n" + BODY),
                        new Bad("signed length", 400, post + "Content-Length: +15\r\n\r\n" + BODY),
                        new Bad("negative length", 400, post + "Content-Length: -1\r\n\r\n"),
                        new Bad("hexadecimal length", 400, post + "Content-Length: 0xf\r\n\r\n" + BODY),
                        new Bad("empty length", 400, post + "Content-Length:\r\n\r\n"),
                        new Bad("huge length", 400, post + "Content-Length: 99999999999999999999\r\n\r\n"),
                        new Bad("unknown coding", 400, post + "Transfer-Encoding: gzip\r\n\r\n"),
                        new Bad(
                                "coding twice",
                                400,
                                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        new Bad("list of codings", 400, post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                        new Bad("odd coding", 400, post + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                        new Bad(
                                "coding in HTTP/1.0",
                                400,
                                "POST /tools/invoke HTTP/1.0\r\n" + AUTH
                                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        new Bad(
                                "long request line",
                                414,
                                "POST /" + "a".repeat(9_000) + " HTTP/1.1\r\n" + AUTH + "\r\n"),
                        new Bad("large header", 431, post + "X: " + "a".repeat(20_000) + "\r\n\r\n"),
                        new Bad("many headers", 431, post + "X: aaaaaaaaaaaaaaaa\r\n".repeat(2_000) + "\r\n"),
                        new Bad("chunk size is no number", 400, chunked + "zz\r\n"),
                        new Bad("chunk size with a sign", 400, chunked + "+5\r\nhello\r\n0\r\n\r\n"),
                        new Bad("chunk size after a space", 400, chunked + " 5\r\nhello\r\n0\r\n\r\n"),
                        new Bad("chunk size in hexadecimal notation", 400, chunked + "0x5\r\nhello\r\n0\r\n\r\n"),
                        new Bad("chunk size with LF", 400, chunked + "5\nhello\r\n0\r\n\r\n"),
                        new Bad(
                                "chunk size with LF before its line end",
                                400,
                                chunked + "10\n\r\n" + BODY + "\r\n0\r\n\r\n"),
                        new Bad("LF in a chunk extension", 400, chunked + "10;a\nb\r\n" + BODY + "\r\n0\r\n\r\n"),
                        new Bad(
                                "LF in the extension of the last chunk",
                                400,
                                chunked + "10\r\n" + BODY + "\r\n0;\n\r\n\r\n"),
                        new Bad(
                                "control character in a chunk extension",
                                400,
                                chunked + "10;a\u0000\r\n" + BODY + "\r\n0\r\n\r\n"),
                        new Bad("odd space after a chunk size", 400, chunked + "10\u000b\r\n" + BODY + "\r\n0\r\n\r\n"),
                        new Bad("trailer without name", 400, chunked + "10\r\n" + BODY + "\r\n0\r\n: x\r\n\r\n"),
                        new Bad("endless chunk extension", 400, chunked + "5;" + "x".repeat(5_000)),
                        new Bad("chunk longer than said", 400, chunked + "3\r\nhello\r\n0\r\n\r\n"),
                        new Bad("bad trailer", 400, chunked + "0\r\nno colon\r\n\r\n"),
                        new Bad("large trailers", 400, chunked + "0\r\nX: " + "a".repeat(9_000)))
                .stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name, () -> refused(bad)));
    }

    private static void refused(Bad bad) throws Exception {
        clearInvocations(HANDLER);
        try (RawClient client = house.connect()) {
            // what follows would be the smuggled request
            Answer answer = client.ask(bad.bytes + HttpHouse.callOf("probe"));

            assertEquals(bad.status, answer.status());
            assertEquals("close", answer.header("connection"));
            assertEquals("nosniff", answer.header("x-content-type-options"));
            assertTrue(client.ended());
        }
        verifyNoInteractions(HANDLER);
    }

    @Test
    void emptyLinesBeforeARequestAreForgiven() throws Exception {
        try (RawClient client = house.connect()) {
            assertEquals(
                    200,
                    client.ask("\r\n\r\nGET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
                            .status());
        }
    }

    @Test
    void whatCameBeforeABadRequestIsAnsweredFirst() throws Exception {
        try (RawClient client = house.connect()) {
            String good = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";

            Answer first = client.ask(good + good.replace("Host", "Host ") + good);
            Answer second = client.read();

            assertEquals(200, first.status());
            assertEquals("keep-alive", first.header("connection"));
            assertEquals(400, second.status());
            assertTrue(client.ended());
        }
    }

    @Test
    void wholeUrlOfTheHostThatIsNamedIsUnderstood() throws Exception {
        try (RawClient client = house.connect()) {
            assertEquals(
                    200,
                    client.ask("GET http://h/healthz HTTP/1.1\r\nHost: h:18789\r\n\r\n")
                            .status());
        }
    }

    @Test
    void headInPiecesIsUnderstood() throws Exception {
        try (RawClient client = house.connect()) {
            for (char c : "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }

            assertEquals(200, client.read().status());
        }
    }

    @Test
    void chunkedBodyWithExtensionsAndTrailersIsUnderstood() throws Exception {
        try (HttpHouse echo = HttpHouse.of(Tool.of(TestRoad.named("probe"), call -> ToolResult.text("ok")));
                RawClient client = echo.connect()) {
            Answer answer = client.ask(HttpHouse.head("Transfer-Encoding: Chunked")
                    + "\r\n5;a=b\r\n{\"too\r\nB \r\nl\":\"probe\"}\r\n0\r\nX-Checksum: 1\r\n\r\n");
            Answer next = client.ask(HttpHouse.callOf("probe"));

            assertEquals(200, answer.status(), answer::body);
            assertEquals(200, next.status(), "the connection is in step");
        }
    }
}
