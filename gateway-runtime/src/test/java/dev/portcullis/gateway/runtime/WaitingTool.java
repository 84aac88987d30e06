package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code wait_here}: a tool that ends when it is told to. */
public final class WaitingTool implements ToolProvider {
    public final CountDownLatch running = new CountDownLatch(1);
    public final CountDownLatch interrupted = new CountDownLatch(1);
    public final CountDownLatch release = new CountDownLatch(1);

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        ToolDescriptor wait = ToolDescriptor.named("wait_here")
                .description("Waits")
                .input(InputSchema.object())
                .build();
        return List.of(Tool.of(wait, call -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException gone) {
                interrupted.countDown();
                throw gone;
            }
            return ToolResult.of(Map.of("waited", true));
        }));
    }
}
