package dev.portcullis.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiSignatureTest {
    private static final Path CHECKED_IN = Path.of(System.getProperty("project.basedir"), "api.txt");

    @Test
    void apiIsTheOneThatWasReviewed() throws Exception {
        String actual = ApiSignature.of(Experimental.class.getModule());
        if (Boolean.getBoolean("api.update")) {
            Files.writeString(CHECKED_IN, actual);
        }

        assertEquals(
                Files.readString(CHECKED_IN),
                actual,
                "The API differs from api.txt. If that is intended, run the build with -Dapi.update=true and commit the new text");
    }

    @Test
    void everyExportedPackageIsRendered() {
        String actual = ApiSignature.of(Experimental.class.getModule());

        Experimental.class
                .getModule()
                .getDescriptor()
                .exports()
                .forEach(exported -> assertTrue(
                        actual.contains(" " + exported.source() + "."), () -> exported.source() + " is missing"));
    }
}
