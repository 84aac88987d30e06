package dev.portcullis.gateway.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ToolTest {
    private final ToolDescriptor descriptor = ToolDescriptor.named("now").build();

    @Test
    void toolOfAHandlerAnswersWithWhatItReturns() throws Exception {
        ToolResult result = ToolResult.text("sunny");
        Tool tool = Tool.of(descriptor, call -> result);

        assertSame(result, tool.invoke(mock(ToolInvocation.class)));
        assertSame(descriptor, tool.descriptor());
        assertEquals("Tool[now]", tool.toString());
    }

    @Test
    void whatAHandlerThrowsIsNotWrapped() {
        IOException failure = new IOException("down");
        Tool tool = Tool.of(descriptor, call -> {
            throw failure;
        });

        assertSame(failure, assertThrows(IOException.class, () -> tool.invoke(mock(ToolInvocation.class))));
    }
}
