package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.distribution.UnpackedGateway.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches that make the start quicker: they are used where they fit, and disturb nobody where they do not. */
class StartCacheIT {
    private static final String CALL = "{\"tool\":\"agents_list\",\"args\":{}}";

    @TempDir
    private Path folder;

    @Test
    void cacheThatWasMadeIsUsedAndOneThatDoesNotFitIsPassedOver() throws Exception {
        try (UnpackedGateway gateway = UnpackedGateway.in(folder)) {
            CommandResult made = gateway.command("warm");
            Path cache = gateway.state().resolve("portcullis.aot");

            assertEquals(0, made.exit(), made::err);
            assertTrue(Files.size(cache) > 1_000_000);
            assertTrue(mapped(gateway.start(), cache), "the cache is not used");
            assertEquals(200, gateway.invoke(CALL).statusCode());
            assertEquals(0, gateway.stop());

            for (Path jar : Archive.jars(gateway.home())) {
                Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
            }
            assertFalse(mapped(gateway.start(), cache), "a cache of other jars is used");
            assertEquals(200, gateway.invoke(CALL).statusCode());
            assertFalse(gateway.output().contains("[aot]"), gateway::output);
        }
    }

    @Test
    void bundleRunsWithoutJavaWhereverItIsUnpacked() throws Exception {
        assumeTrue(Files.exists(Archive.BUNDLE), "made with -Pbundle");
        try (UnpackedGateway gateway = UnpackedGateway.ofBundle(folder)) {
            Path runtime = gateway.home().resolve("runtime");

            assertTrue(mapped(gateway.start(), runtime.resolve("lib/portcullis.aot")), "the cache is not used");
            assertEquals(200, gateway.invoke(CALL).statusCode());
            assertFalse(Files.exists(gateway.home().resolve("lib")));
            assertEquals(0, gateway.stop());
        }
    }

    /** As the operating system sees it. */
    private static boolean mapped(UnpackedGateway gateway, Path file) throws Exception {
        return Files.readString(Path.of("/proc/" + gateway.pid() + "/maps")).contains(file.toString());
    }
}
