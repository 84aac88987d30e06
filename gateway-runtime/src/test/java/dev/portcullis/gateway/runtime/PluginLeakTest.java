package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import dev.portcullis.gateway.runtime.ws.RawWebSocket;
import dev.portcullis.gateway.runtime.zoo.LogBook;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of plugins that were replaced: nothing, whatever they did and forgot to undo. {@code -Dleak.cycles=1000} is the long run. */
class PluginLeakTest {
    private static final int CYCLES = Integer.getInteger("leak.cycles", 100);

    /** Where generations leave a weak reference to their class: the plugin sees it, and nothing of ours. */
    private static final String REGISTER = "portcullis.test.leak";

    private static final String LEAKY = """
            import dev.portcullis.gateway.api.auth.*;
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.policy.*;
            import dev.portcullis.gateway.api.tool.*;
            import java.lang.management.ManagementFactory;
            import java.lang.ref.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.logging.*;
            import javax.management.*;
            public class Tools implements ToolProvider {
                static final ThreadLocal<Tools> HERE = new ThreadLocal<>();
                static final InheritableThreadLocal<Tools> BELOW = new InheritableThreadLocal<>();
                public interface CountMBean { int getCount(); }
                public static class Count implements CountMBean { public int getCount() { return 1; } }
                static final class Loud extends Level { Loud() { super("LOUD", 950); } }
                static final class Quiet extends Handler {
                    public void publish(LogRecord record) { }
                    public void flush() { }
                    public void close() { }
                }
                public String name() { return "leaky"; }
                @SuppressWarnings("unchecked")
                public List<Tool> tools(PluginContext context) throws Exception {
                    ((List<Object>) System.getProperties().get("%1$s")).add(new WeakReference<>(Tools.class));
                    hold();
                    context.scheduler().scheduleAtFixedRate(this::hold, 0, 1, TimeUnit.MILLISECONDS);
                    context.logger().log(System.Logger.Level.DEBUG, "hello", new IllegalStateException());
                    System.getLogger("leaky.own." + System.identityHashCode(this)).log(System.Logger.Level.DEBUG, "hello");
                    Logger logger = Logger.getLogger("leaky");
                    logger.addHandler(new Quiet());
                    logger.setFilter(record -> true);
                    Logger.getLogger("").addHandler(new Quiet());
                    logger.log(new Loud(), "hello");
                    ManagementFactory.getPlatformMBeanServer().registerMBean(
                        new Count(), new ObjectName("leaky:type=Count,at=" + System.identityHashCode(this)));
                    ServiceLoader.load(ToolProvider.class, Tools.class.getClassLoader()).stream().count();
                    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> { });
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> hold()));
                    ForkJoinPool.commonPool().submit(this::hold).get();
                    java.security.Security.addProvider(new java.security.Provider("Leaky", "1", "") { });
                    return List.of(Tool.of(
                        ToolDescriptor.named("leaky").description("holds on")
                            .input(InputSchema.object().requiredString("text")).build(),
                        call -> {
                            hold();
                            if (call.arguments().string("text").equals("throw")) {
                                throw new IllegalStateException("thrown") { };
                            }
                            Thread.currentThread().setContextClassLoader(new ClassLoader(Tools.class.getClassLoader()) { });
                            return ToolResult.of(Map.of("plain", new ArrayList<>(List.of(1, 2L, "three"))));
                        }));
                }
                void hold() { HERE.set(this); BELOW.set(this); }
                public static class Rules implements PolicySourceProvider {
                    public String name() { return "rules"; }
                    public PolicySource create(PluginContext context) {
                        return asked -> {
                            HERE.set(new Tools());
                            return PolicyAnswer.of(List.of(ToolPolicy.denying("rules", List.of("none"))), Validity.untilReload());
                        };
                    }
                }
                public static class Keys implements AuthProvider {
                    public String name() { return "keys"; }
                    public Kind kind() { return Kind.SHARED_SECRET; }
                    public Authenticator create(PluginContext context) {
                        return request -> {
                            HERE.set(new Tools());
                            return AuthResult.abstained(AuthFailure.missing("no_key"));
                        };
                    }
                }
            }
            """.formatted(REGISTER);

    @TempDir
    Path home;

    private final List<WeakReference<?>> classes = new CopyOnWriteArrayList<>();
    private HotHouse house;

    @BeforeEach
    void build() throws Exception {
        System.getProperties().put(REGISTER, classes);
        house = new HotHouse(home);
    }

    private void dropLeaky() throws Exception {
        drop("leaky");
    }

    private void drop(String name) throws Exception {
        house.drop(
                house.tiny
                        .source()
                        .module(
                                name,
                                "requires java.logging; requires java.management;",
                                "uses dev.portcullis.gateway.api.tool.ToolProvider;",
                                "exports " + name + " to java.management;",
                                "provides dev.portcullis.gateway.api.tool.ToolProvider with " + name + ".Tools;",
                                "provides dev.portcullis.gateway.api.auth.AuthProvider with " + name + ".Tools.Keys;",
                                "provides dev.portcullis.gateway.api.policy.PolicySourceProvider with " + name
                                        + ".Tools.Rules;")
                        .type(name + ".Tools", LEAKY.replace("leaky", name))
                        .jar(house.bench.resolve(name + ".jar")),
                name + ".jar");
    }

    @AfterEach
    void stop() {
        house.close();
        System.getProperties().remove(REGISTER);
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Test
    void replacedGenerationsLeaveMemory() throws Exception {
        dropLeaky();
        house.start("providers: ['keys']");
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            assertEquals(200, house.call("leaky", "{\"text\":\"x\"}").statusCode());
            assertEquals(500, house.call("leaky", "{\"text\":\"throw\"}").statusCode());
            assertEquals(400, house.call("leaky", "{}").statusCode());
            assertEquals(200, house.reload("{\"plugin\":\"leaky\"}").statusCode());
        }
        assertEquals(200, house.call("leaky", "{\"text\":\"x\"}").statusCode());

        assertEquals(CYCLES + 1, classes.size());
        house.eventually(1L, this::alive);
        assertEquals(1, onHeap("leaky.Tools$Quiet").size());
        assertEquals(1, onHeap("leaky.Tools").size());
    }

    @Test
    void webSocketThatStaysOpenHoldsNoGenerationThatWasReplaced() throws Exception {
        drop("chatty");
        house.start("providers: ['keys']");
        Map<String, Object> asked = Map.of("name", "chatty", "args", Map.of("text", "x"));
        try (RawWebSocket socket = RawWebSocket.connectedAfterInvoking(
                house.gateway().address().getPort(),
                "{\"tool\":\"chatty\",\"args\":{\"text\":\"x\"}}",
                TestGateway.TOKEN,
                "operator.read",
                "operator.write")) {
            for (int generation = 1; generation <= 3; generation++) {
                assertAnswers(socket.ask("tools.invoke", asked));
                assertEquals(200, house.reload("{\"plugin\":\"chatty\"}").statusCode());

                assertEquals(generation + 1, classes.size());
                house.eventually(1L, this::alive);
            }
            assertAnswers(socket.ask("tools.invoke", asked));
        }
    }

    private static void assertAnswers(Map<String, Object> answer) {
        assertEquals(true, ((Map<?, ?>) answer.get("payload")).get("ok"), answer::toString);
    }

    private long alive() {
        System.gc();
        return classes.stream().filter(one -> one.get() != null).count();
    }

    /** How many objects there are of each class of this name, as the virtual machine counts them after a collection of its own. */
    private static List<Long> onHeap(String type) {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > 3 && columns[3].equals(type))
                    .map(columns -> Long.parseLong(columns[1]))
                    .toList();
        } catch (javax.management.JMException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** A driver of its own, which nobody takes back. */
    private static final String DRIVING = """
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.tool.*;
            import java.lang.ref.*;
            import java.sql.*;
            import java.util.*;
            public class Tools implements ToolProvider {
                public static final class Fake implements Driver {
                    public Connection connect(String url, Properties info) { return null; }
                    public boolean acceptsURL(String url) { return url.startsWith("jdbc:fake:"); }
                    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) { return new DriverPropertyInfo[0]; }
                    public int getMajorVersion() { return 1; }
                    public int getMinorVersion() { return 0; }
                    public boolean jdbcCompliant() { return false; }
                    public java.util.logging.Logger getParentLogger() { return null; }
                }
                public String name() { return "%1$s"; }
                @SuppressWarnings("unchecked")
                public List<Tool> tools(PluginContext context) throws Exception {
                    ((List<Object>) System.getProperties().get("%2$s")).add(new WeakReference<>(Tools.class));
                    DriverManager.registerDriver(new Fake());
                    return List.of();
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void driverThatAPluginRegisteredIsTakenBackAndNamed(boolean module) throws Exception {
        TinyPlugins.Source source = house.tiny.source();
        if (module) {
            source.module(
                    "drives",
                    "requires java.sql;",
                    "provides dev.portcullis.gateway.api.tool.ToolProvider with drives.Tools;");
        } else {
            source.entry("META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider", "drives.Tools");
        }
        house.drop(
                source.type("drives.Tools", DRIVING.formatted("drives", REGISTER))
                        .jar(house.bench.resolve("drives.jar")),
                "drives.jar");
        house.start("plugins: {watch: false}");

        try (LogBook log = new LogBook()) {
            assertEquals(200, house.reload("{\"plugin\":\"drives\"}").statusCode());

            house.eventually(
                    1,
                    () -> log.with(
                                    "Plugin drives.jar (generation 1) was closed and left behind: the JDBC driver drives.Tools$Fake."
                                            + " This was taken back")
                            .size());
            house.eventually(1L, this::alive);
            assertEquals(2, classes.size());
        }
    }

    @Test
    void beanThatObjectsToItsRemovalKeepsNoOtherPluginFromBeingClosed() throws Exception {
        Path closed = home.resolve("closed");
        house.drop(house.compile("atlas", """
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.nio.file.*;
                        import java.util.*;
                        public class Tools implements ToolProvider {
                            public String name() { return "atlas"; }
                            public List<Tool> tools(PluginContext context) { return List.of(); }
                            public void close() throws Exception { Files.createFile(Path.of("%s")); }
                        }
                        """.formatted(closed)), "atlas.jar");
        house.drop(
                house.tiny
                        .source()
                        .module(
                                "stubborn",
                                "requires java.management;",
                                "exports stubborn to java.management;",
                                "provides dev.portcullis.gateway.api.tool.ToolProvider with stubborn.Tools;")
                        .type("stubborn.Tools", """
                                import dev.portcullis.gateway.api.plugin.*;
                                import dev.portcullis.gateway.api.tool.*;
                                import java.lang.management.ManagementFactory;
                                import java.util.*;
                                import javax.management.*;
                                public class Tools implements ToolProvider {
                                    public interface CountMBean { int getCount(); }
                                    public static class Count implements CountMBean, MBeanRegistration {
                                        public int getCount() { return 1; }
                                        public ObjectName preRegister(MBeanServer server, ObjectName name) { return name; }
                                        public void postRegister(Boolean done) { }
                                        public void preDeregister() { }
                                        public void postDeregister() { throw new AssertionError("no"); }
                                    }
                                    public String name() { return "stubborn"; }
                                    public List<Tool> tools(PluginContext context) throws Exception {
                                        ManagementFactory.getPlatformMBeanServer().registerMBean(
                                            new Count(), new ObjectName("stubborn:type=Count"));
                                        return List.of();
                                    }
                                }
                                """)
                        .jar(house.bench.resolve("stubborn.jar")),
                "stubborn.jar");
        house.start("plugins: {watch: false}");
        house.remove("atlas.jar");
        house.remove("stubborn.jar");

        assertEquals(200, house.reload("{\"what\":\"plugins\"}").statusCode());

        house.eventually(true, () -> Files.exists(closed));
    }

    @Test
    void threadThatAPluginLeavesBehindIsNamedWithItsStack() throws Exception {
        try (LogBook log = new LogBook()) {
            house.drop(house.compile("weather", """
                            import dev.portcullis.gateway.api.plugin.*;
                            import dev.portcullis.gateway.api.tool.*;
                            import java.util.*;
                            public class Tools implements ToolProvider {
                                public String name() { return "weather"; }
                                public List<Tool> tools(PluginContext context) {
                                    Thread thread = new Thread(Tools::forecast, "forecaster");
                                    thread.setDaemon(true);
                                    thread.start();
                                    return List.of();
                                }
                                static void forecast() {
                                    while (System.getProperties().containsKey("%s")) {
                                        try { Thread.sleep(20); } catch (InterruptedException deaf) { }
                                    }
                                }
                            }
                            """.formatted(REGISTER)), "weather.jar");
            house.start("plugins: {watch: false}");

            house.remove("weather.jar");
            assertEquals(200, house.reload("{\"what\":\"plugins\"}").statusCode());

            house.eventually(
                    1,
                    () -> log.with(
                                    "Plugin weather.jar (generation 1)",
                                    "forecaster",
                                    "must end its threads in close()",
                                    "at weather/weather.Tools.forecast")
                            .size());
        }
    }
}
