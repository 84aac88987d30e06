package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static final Optional<String> HOST = Optional.of("H:18789");

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    /,                             /
                    /tools/invoke,                 /tools/invoke
                    /tools/invoke?a=b,             /tools/invoke
                    /tools/invoke?x=//../%2e%2F\\, /tools/invoke
                    /tools/invoke/,                /tools/invoke/
                    /Tools/Invoke,                 /Tools/Invoke
                    /tools/%69nvoke,               /tools/%69nvoke
                    /tools/invoke;v=1,             /tools/invoke;v=1
                    /tools/.hidden,                /tools/.hidden
                    /tools/...,                    /tools/...
                    /..;/metrics,                  /..;/metrics
                    /a%25b%20c%C3%A4,              /a%25b%20c%C3%A4
                    http://h/tools/invoke,         /tools/invoke
                    HTTP://h:18789/tools/invoke,   /tools/invoke
                    https://H/tools/invoke?q,      /tools/invoke
                    """)
    void canonicalTargetIsServedAsItIs(String target, String path) {
        assertEquals(path, RequestTarget.of(target, HOST).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "tools/invoke",
                "\\tools\\invoke",
                "//tools/invoke",
                "///tools/invoke",
                "//x/tools/invoke",
                "/tools//invoke",
                "/tools/invoke//",
                "/./tools/invoke",
                "/tools/./invoke",
                "/tools/invoke/.",
                "/tools/invoke/..",
                "/..",
                "/.",
                "/x/../tools/invoke",
                "/x/%2e%2E/tools/invoke",
                "/x/.%2e/tools/invoke",
                "/tools%2Finvoke",
                "/tools%2finvoke",
                "/x%5c..%5Ctools",
                "/x\\..\\tools\\invoke",
                "/tools/invoke%00",
                "/tools/invoke%1f",
                "/tools/invoke%0A",
                "/tools/invoke%7F",
                "/tools/invoke%",
                "/tools/invoke%2",
                "/tools/invoke%zz",
                "/tools/invoke%2g?x",
                "/tools/\u00e4",
                "/tools/in voke",
                "/tools/invoke\t",
                "/tools/invoke\u0001",
                "/tools/invoke?\u0001",
                "/tools/invoke?\u00e4",
                "/tools/invoke#x",
                "/tools/invoke?x#y",
                "/tools/{invoke}",
                "/tools/\"invoke\"",
                "/tools/in|voke",
                "/tools/invoke^",
                "/tools/[invoke]",
                "/tools/<invoke>",
                "http://h",
                "http://h?a=b",
                "http:///tools/invoke",
                "http://other/tools/invoke",
                "http://h:1/tools/invoke",
                "http://u@h/tools/invoke",
                "http://h//tools/invoke",
                "http://h/x/../tools/invoke",
                "ws://h/tools/invoke",
                "x://h/tools/invoke",
                "x/y://h/tools/invoke",
                "://h/tools/invoke",
                "h:443"
            })
    void whatSomebodyElseCouldReadDifferentlyIsRefused(String target) {
        RequestHead.Refused refused = assertThrows(RequestHead.Refused.class, () -> RequestTarget.of(target, HOST));

        assertEquals(400, refused.status());
    }

    @Test
    void urlWithoutAHostToAgreeWithIsRefused() {
        assertThrows(RequestHead.Refused.class, () -> RequestTarget.of("http://h/tools/invoke", Optional.empty()));
    }

    @Test
    void addressOfVersionSixAgreesWithAndWithoutItsPort() {
        Optional<String> host = Optional.of("[::1]:18789");

        assertEquals("/x", RequestTarget.of("http://[::1]/x", host).path());
        assertEquals("/x", RequestTarget.of("http://[::1]:18789/x", host).path());
        assertThrows(RequestHead.Refused.class, () -> RequestTarget.of("http://[::2]/x", host));
    }

    @Test
    void queryIsLeftAsItWasSent() {
        assertEquals("a=%20&b?", RequestTarget.of("/x?a=%20&b?", HOST).query());
        assertEquals("", RequestTarget.of("/x", HOST).query());
    }
}
