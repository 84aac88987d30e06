package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin's library finds its driver by a URL, whoever asked {@code DriverManager} first. */
final class JdbcDriversTest extends InPluginHouse {
    private static final String DRIVER = """
            import java.sql.*;
            import java.util.*;
            public final class Fake implements Driver {
                static { try { DriverManager.registerDriver(new Fake()); } catch (SQLException e) { throw new IllegalStateException(e); } }
                public Connection connect(String url, Properties info) { return null; }
                public boolean acceptsURL(String url) { return url.startsWith("jdbc:fake:"); }
                public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) { return new DriverPropertyInfo[0]; }
                public int getMajorVersion() { return 42; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    private TinyPlugins.Source source(boolean module) {
        TinyPlugins.Source source = tiny.source();
        if (module) {
            source.module(
                    "drives",
                    "requires java.sql; provides java.sql.Driver with drives.Fake;",
                    "provides dev.portcullis.gateway.api.tool.ToolProvider with drives.Tools;");
        } else {
            source.entry("META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider", "drives.Tools")
                    .entry("META-INF/services/java.sql.Driver", "drives.Fake");
        }
        return source.type("drives.Fake", DRIVER)
                .type(
                        "drives.Tools",
                        TinyPlugins.toolProvider("drives", "drives_go", "\"never\"")
                                .replace(
                                        "return List.of(Tool.of(",
                                        "System.setProperty(\"drives.found\", String.valueOf(java.sql.DriverManager"
                                                + ".getDriver(\"jdbc:fake:x\").getMajorVersion())); return List.of(Tool.of("));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void driverThatAPluginDeclaresIsFoundByItsUrl(boolean module) throws Exception {
        System.clearProperty("drives.found");
        DriverManager.drivers().count(); // the gateway asked first
        source(module).jar(house.at("drives.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals("42", System.getProperty("drives.found"));
        }
    }
}
