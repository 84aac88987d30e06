package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Jars dropped into {@code plugins/} of an unpacked archive. */
@EnabledIf("dev.portcullis.distribution.Archive#runs")
class DroppedPluginsIT {
    @TempDir
    private Path folder;

    @Test
    void pluginsMayUseTheJdkBeyondItsBase() {
        Path drivers = PluginJar.of(
                folder,
                "drivers",
                "java.sql",
                "driver_count",
                "return ToolResult.of(java.sql.DriverManager.drivers().count());");
        Path images = PluginJar.of(
                folder,
                "images",
                "java.desktop",
                "image_size",
                "return ToolResult.of(new java.awt.image.BufferedImage(3, 5, 1).getWidth());");
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)
                .withPlugin(drivers)
                .withPlugin(images)
                .configured("tools.allow = [driver_count, image_size]")
                .start()) {
            assertEquals(200, gateway.invoke("{\"tool\":\"driver_count\"}").statusCode(), gateway::output);
            HttpResponse<String> size = gateway.invoke("{\"tool\":\"image_size\"}");
            assertEquals(200, size.statusCode(), gateway::output);
            assertTrue(size.body().contains("\"details\":3"), size::body);
        }
    }

    @Test
    void droppingAPluginInGrantsNothingAndSaysWhatWould() {
        Path plugin = PluginJar.of(folder, "drivers", "java.sql", "driver_count", "return ToolResult.none();");
        try (UnpackedGateway gateway =
                UnpackedGateway.in(folder).withPlugin(plugin).start()) {
            assertEquals(404, gateway.invoke("{\"tool\":\"driver_count\"}").statusCode());
            assertTrue(gateway.output().contains("driver_count"), gateway::output);
            assertTrue(gateway.output().contains("tools.allow"), gateway::output);
        }
    }

    @Test
    void truncatedJarIsNamedWhileTheRestWorks() throws Exception {
        Path whole = PluginJar.of(folder, "drivers", "java.sql", "driver_count", "return ToolResult.none();");
        byte[] bytes = Files.readAllBytes(whole);
        Path truncated = Files.write(folder.resolve("truncated.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        try (UnpackedGateway gateway =
                UnpackedGateway.in(folder).withPlugin(truncated).start()) {
            assertEquals(200, gateway.invoke("{\"tool\":\"session_status\"}").statusCode());
            assertEquals(200, gateway.invoke(Samples.TOOL_CALL).statusCode());
            assertTrue(gateway.output().contains("truncated.jar"), gateway::output);
            UnpackedGateway.CommandResult listed = gateway.command("plugins", "list");
            assertTrue(listed.out().contains("truncated"), listed::toString);
        }
    }

    @Test
    void policySourceHidesATool() {
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)
                .withPlugin(Samples.policySource())
                .configured(Samples.HOURS_THAT_NEVER_COME)
                .start()) {
            assertEquals(200, gateway.invoke("{\"tool\":\"session_status\"}").statusCode(), gateway::output);
            assertEquals(404, gateway.invoke(Samples.TOOL_CALL).statusCode(), gateway::output);
        }
    }

    @Test
    void authProviderThatIsNotListedAdmitsNobody() {
        Samples.Key key = Samples.Key.make();
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)
                .withPlugin(Samples.authProvider())
                .configured(key.configuredIn(folder))
                .start()) {
            assertEquals(401, withKey(gateway, key.secret()).statusCode(), gateway::output);
            assertEquals(200, gateway.invoke("{\"tool\":\"session_status\"}").statusCode(), gateway::output);
        }
    }

    @Test
    void authProviderThatIsListedAdmitsItsOwnCredential() {
        Samples.Key key = Samples.Key.make();
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)
                .withPlugin(Samples.authProvider())
                .configured(key.listedIn(folder))
                .start()) {
            assertEquals(200, withKey(gateway, key.secret()).statusCode(), gateway::output);
            assertEquals(401, withKey(gateway, "not-" + key.secret()).statusCode(), gateway::output);
            assertEquals(200, gateway.invoke("{\"tool\":\"session_status\"}").statusCode(), gateway::output);
        }
    }

    @Test
    void policySourceThatCannotLoadStopsTheStart() throws Exception {
        try (UnpackedGateway gateway =
                UnpackedGateway.in(folder).withPlugin(Samples.policySource()).configured(Samples.HOURS_THAT_ARE_NONE)) {
            assertNotEquals(0, gateway.startAndWaitForTheEnd());
            assertTrue(gateway.output().contains(Samples.POLICY_SOURCE), gateway::output);
        }
    }

    private static HttpResponse<String> withKey(UnpackedGateway gateway, String key) {
        return gateway.invoke("{\"tool\":\"session_status\"}", Map.of(Samples.KEY_HEADER, key));
    }
}
