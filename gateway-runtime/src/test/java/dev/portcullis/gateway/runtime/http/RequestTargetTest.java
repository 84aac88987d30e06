package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    /tools/invoke,              /tools/invoke
                    /tools/invoke?a=b,          /tools/invoke
                    /tools/invoke#x,            /tools/invoke
                    /tools/invoke#x?y,          /tools/invoke
                    /x/../tools/invoke,         /tools/invoke
                    /x/%2e%2E/tools/invoke,     /tools/invoke
                    /x/.%2e/tools/invoke,       /tools/invoke
                    /./tools/./invoke,          /tools/invoke
                    /../../tools/invoke,        /tools/invoke
                    /tools/invoke/.,            /tools/invoke/
                    /tools/invoke/x/..,         /tools/invoke/
                    /x\\..\\tools\\invoke,       /tools/invoke
                    http://h/tools/invoke,      /tools/invoke
                    http://h,                   /
                    http://h?a=b,               /
                    /tools/invoke/,             /tools/invoke/
                    //tools/invoke,             /invoke
                    /Tools/Invoke,              /Tools/Invoke
                    /tools%2Finvoke,            /tools%2Finvoke
                    /tools/invoke%00,           /tools/invoke%00
                    /tools/.hidden,             /tools/.hidden
                    /tools/...,                 /tools/...
                    /,                          /
                    *,                          /*
                    """)
    void pathIsThatOfTheUrlStandard(String target, String path) {
        assertEquals(path, RequestTarget.path(target));
    }

    @Test
    void queryIsLeftAsItWasSent() {
        assertEquals("a=%20&b", RequestTarget.query("/x?a=%20&b#c"));
        assertEquals("", RequestTarget.query("/x#c?d"));
    }
}
