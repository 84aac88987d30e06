package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.plugin.DepartedPlugins.Lingering;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closed generations that stay in memory are named, with what holds them as far as it can be seen. */
@Timeout(120)
final class DepartedPluginsTest extends InPluginHouse {
    private static final String HELD = "tiny.held";
    private static final String TOOLS = """
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.tool.*;
            import java.util.*;
            public class Tools implements ToolProvider {
                public String name() { return "holder"; }
                public List<Tool> tools(PluginContext context) throws Exception { %s return List.of(); }
                static void forecast() {
                    while (System.getProperties().containsKey("tiny.held")) {
                        try { Thread.sleep(20); } catch (InterruptedException deaf) { }
                    }
                }
            }
            """;

    private final DepartedPlugins departed = new DepartedPlugins(Duration.ofMillis(100));

    @BeforeEach
    void hold() {
        System.getProperties().put(HELD, List.of());
    }

    @AfterEach
    void letGo() {
        System.getProperties().remove(HELD);
        departed.close();
    }

    /** Loads a plugin that does this, and closes it. */
    private void depart(String statements) throws Exception {
        tiny.source()
                .module("holder", "provides dev.portcullis.gateway.api.tool.ToolProvider with holder.Tools;")
                .type("holder.Tools", TOOLS.formatted(statements))
                .jar(house.at("holder.jar"));
        LoadedPlugin plugin = PluginHouse.plugin(house.load(), "holder.jar");
        plugin.retire();
        departed.add(plugin);
    }

    private List<Lingering> await(Predicate<List<Lingering>> condition) throws InterruptedException {
        List<Lingering> now = departed.lingering();
        while (!condition.test(now)) {
            Thread.sleep(20);
            now = departed.lingering();
        }
        return now;
    }

    @Test
    void whatAnotherObjectHoldsIsNamedUntilItIsLetGo() throws Exception {
        depart("System.getProperties().put(\"tiny.held\", this);");

        Lingering named = await(now -> !now.isEmpty()).getFirst();

        assertEquals("holder.jar", named.plugin());
        assertTrue(
                named.text().startsWith("Plugin holder.jar, generation 1 (" + house.at("holder.jar") + ") was closed "),
                named.text());
        assertTrue(named.text().contains("None of its threads is left; so a thread-local"), named.text());
        assertTrue(named.text().contains("it must undo in close(): tell its author"), named.text());
        assertEquals(1, named.text().lines().count());

        System.getProperties().remove(HELD);
        await(now -> {
            System.gc();
            return now.isEmpty();
        });
    }

    @Test
    void threadThatHoldsItIsNamedWithItsPlace() throws Exception {
        depart("Thread thread = new Thread(Tools::forecast, \"forecaster\"); thread.setDaemon(true); thread.start();");

        Lingering named = await(now -> !now.isEmpty()).getFirst();

        assertTrue(
                named.text().contains("Its thread goes on: \"forecaster\" at holder/holder.Tools.forecast("),
                named.text());
    }

    private static final String VALUES =
            "ClassValue<Object> values = new ClassValue<>() { protected Object computeValue(Class<?> type) { return new Tools(); } };";

    @Test
    void valueThatAClassOfTheJdkKeepsForItIsNamed() throws Exception {
        depart(VALUES + "values.get(String.class);");

        Lingering named = await(now -> !now.isEmpty()).getFirst();

        assertTrue(named.text().contains("so a thread-local of another thread, a ClassValue"), named.text());
    }

    @Test
    void valueThatWasRemovedAndOneForAClassOfItsOwnHoldNothing() throws Exception {
        depart(VALUES + "values.get(String.class); values.remove(String.class); values.get(Tools.class);");
        depart("System.getProperties().put(\"tiny.held\", this);");

        await(now -> !now.isEmpty());

        assertEquals(1, departed.lingering().size(), "the second is named, and the first went");
    }

    @Test
    void whatLeavesMemoryIsNotNamed() throws Exception {
        depart("");
        depart("System.getProperties().put(\"tiny.held\", this);");

        await(now -> !now.isEmpty());

        assertEquals(1, departed.lingering().size(), "the second is named, and the first went");
    }

    /** Where the log goes stumbles at its first entry. */
    private static final class Stumbling extends Handler {
        private boolean stumbled;

        @Override
        public void publish(LogRecord entry) {
            if (!stumbled) {
                stumbled = true;
                throw new AssertionError("stumbled");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void lookingGoesOnAfterItStumbled() throws Exception {
        Logger log = Logger.getLogger(DepartedPlugins.class.getName());
        Handler stumbling = new Stumbling();
        log.addHandler(stumbling);
        try {
            depart("System.getProperties().put(\"tiny.held\", List.of(this));");
            await(now -> now.size() == 1);

            depart(
                    "System.getProperties().put(\"tiny.held\", List.of(System.getProperties().get(\"tiny.held\"), this));");

            await(now -> now.size() == 2);
        } finally {
            log.removeHandler(stumbling);
        }
    }
}
