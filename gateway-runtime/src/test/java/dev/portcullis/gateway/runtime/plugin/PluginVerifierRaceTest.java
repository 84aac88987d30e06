package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A jar is exchanged between the look at whose it is and the copy that is loaded. */
final class PluginVerifierRaceTest extends InPluginHouse {
    @Test
    void whatIsLoadedIsWhatWasChecked() throws Exception {
        Path good = tiny.tool("acme.good", "good", "good").jar(home.resolve("good.jar"));
        Path bad = tiny.tool("acme.bad", "bad", "bad").jar(home.resolve("bad.jar"));
        Path name = Files.createSymbolicLink(house.at("x.jar"), good);
        Writers exchanging = exchangingAfterTheLastCheck(name, bad);

        VerifiedPlugin verified = verify(name, exchanging);

        assertEquals(
                Optional.of(PrivateCopies.digest(good)), verified.identity().sha256());
    }

    @Test
    void linkThatTakesThePlaceOfACheckedJarIsNotFollowed() throws Exception {
        Path name = tiny.tool("acme.good", "good", "good").jar(house.at("x.jar"));
        Path bad = tiny.tool("acme.bad", "bad", "bad").jar(home.resolve("bad.jar"));
        Writers exchanging = exchangingAfterTheLastCheck(name, bad);

        VerifiedPlugin verified = verify(name, exchanging);

        assertTrue(verified.refusals().getFirst().why().contains("cannot be read"), verified.refusals()::toString);
    }

    /** The path is asked once for itself, then as the jar that it is. */
    private static Writers exchangingAfterTheLastCheck(Path name, Path target) {
        AtomicInteger checks = new AtomicInteger();
        return file -> {
            Path checked = Writers.OF_PLACES.checked(file);
            if (checks.incrementAndGet() == 2) {
                exchange(name, target);
            }
            return checked;
        };
    }

    private VerifiedPlugin verify(Path jar, Writers writers) throws IOException {
        return new PluginVerifier(PrivateCopies.in(home.resolve("copies")), writers, JarLimits.DEFAULT, "1.0.0")
                .verify(new PluginFiles("x.jar", jar, List.of(jar)), new PluginChecks(PluginTrust.DEFAULT));
    }

    private static void exchange(Path name, Path target) throws IOException {
        Path next = name.resolveSibling(".next");
        Files.createSymbolicLink(next, target);
        Files.move(next, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
