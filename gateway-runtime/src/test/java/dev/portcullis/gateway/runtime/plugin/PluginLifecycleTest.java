package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a plugin is created, named, asked and closed. */
final class PluginLifecycleTest extends InPluginHouse {
    private static final String TRACE = "tiny.life.trace";
    private static final String TOOLS = """
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.tool.*;
            import java.util.*;
            public class Tools implements ToolProvider {
                static void trace(String what) {
                    System.setProperty("%1$s", (System.getProperty("%1$s", "") + " %2$s." + what).strip());
                }
                public Tools() { trace("new"); %3$s }
                public String name() { trace("name"); return "%2$s"; }
                public List<Tool> tools(PluginContext context) throws Exception { trace("tools"); %4$s return List.of(); }
                public void close() { trace("close"); %5$s }
            }
            """;

    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(TRACE);
    }

    private void plugin(String name, String constructor, String tools, String close) {
        tiny.source()
                .module(
                        "acme." + name,
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme." + name + ".Tools;")
                .type("acme." + name + ".Tools", TOOLS.formatted(TRACE, name, constructor, tools, close))
                .jar(house.at(name + ".jar"));
    }

    private static String trace() {
        return System.getProperty(TRACE, "");
    }

    @Test
    void everyStepIsTakenOnceAndPluginsCloseInReverse() throws Exception {
        plugin("a", "", "", "");
        plugin("b", "", "", "");

        PluginSet set = house.load();
        set.close();
        set.close();

        assertEquals("a.new b.new a.name b.name a.tools b.tools b.close a.close", trace());
    }

    @Test
    void failedCreationIsClosedToo() throws Exception {
        plugin("a", "", "if (true) throw new IllegalStateException();", "");

        house.load().close();

        assertEquals("a.new a.name a.tools a.close", trace());
    }

    @Test
    void failedConstructorLeavesNothingToClose() throws Exception {
        plugin("a", "if (true) throw new IllegalStateException();", "", "");

        house.load().close();

        assertEquals("a.new", trace());
    }

    @Test
    void clashingNamesAreClosedBeforeTheyAreAskedForTools() throws Exception {
        plugin("a", "", "", "");
        tiny.tool("acme.other", "a", "other").jar(house.at("other.jar"));

        house.load().close();

        assertEquals("a.new a.name a.close", trace());
    }

    @Test
    void stoppedStartClosesWhatWasLoaded() {
        plugin("a", "", "", "");
        house.mode = "nobody";

        assertThrows(PluginStartException.class, house::load);

        assertEquals("a.new a.name a.tools a.close", trace());
    }

    @Test
    void exceptionFromCloseIsIgnored() throws Exception {
        plugin("a", "", "", "");
        plugin("b", "", "", "throw new IllegalStateException();");

        house.load().close();

        assertEquals("a.new b.new a.name b.name a.tools b.tools b.close a.close", trace());
    }

    @Test
    void schedulerRunsWithThePluginsLoaderAndEndsBeforeClose() throws Exception {
        plugin("a", "", """
                var scheduler = context.scheduler();
                scheduler.submit(() -> trace("scheduled:"
                    + (Thread.currentThread().getContextClassLoader() == Tools.class.getClassLoader())
                    + Thread.currentThread().isDaemon() + Thread.currentThread().getName())).get();
                var sleeping = new java.util.concurrent.CountDownLatch(1);
                scheduler.submit(() -> {
                    trace("sleeping");
                    sleeping.countDown();
                    try { Thread.sleep(1000000); } catch (InterruptedException e) { trace("interrupted"); } });
                sleeping.await();
                """, "");

        house.load().close();

        assertEquals("a.new a.name a.tools a.scheduled:truetrueplugin-a a.sleeping a.interrupted a.close", trace());
    }

    @Test
    void schedulerIsGoneAfterClose() throws Exception {
        RuntimePluginContext context = new RuntimePluginContext(
                "a", new ConfigBlock("x", Map.of(), home), getClass().getClassLoader());
        context.shutDown();

        assertThrows(IllegalStateException.class, context::scheduler);
    }

    @Test
    void loggerCarriesThePluginsName() {
        RuntimePluginContext context = new RuntimePluginContext(
                "a", new ConfigBlock("x", Map.of(), home), getClass().getClassLoader());

        assertEquals("dev.portcullis.plugin.a", context.logger().getName());
    }

    @Test
    void keysThatNobodyAskedForAreReported() throws Exception {
        plugin("a", "", "context.config().string(\"service\"); context.config().block(\"inner\").flag(\"known\");", "");
        house.entry("a", Map.of("service", "x", "inner", Map.of("known", true, "typo", 1L)));

        try (PluginSet set = house.load()) {
            assertEquals(
                    List.of("plugins.entries.a.config.inner.typo"),
                    PluginHouse.plugin(set, "a.jar").unusedKeys());
        }
    }
}
