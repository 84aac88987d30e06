package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ShellWordTest {
    @Test
    void ordinaryNameStaysAsItIs() {
        assertEquals("~/plugins/weather-1.0.jar", ShellWord.of("~/plugins/weather-1.0.jar"));
    }

    @Test
    void nameWithASpaceIsOneWord() {
        assertEquals("'/srv/my gateway/conf'", ShellWord.of(Path.of("/srv/my gateway/conf")));
    }

    @Test
    void nameCannotEndItsQuotes() {
        assertEquals("'x'\\''$(reboot).jar'", ShellWord.of("x'$(reboot).jar"));
    }

    @Test
    void quotesAreThereForAPlainNameToo() {
        assertEquals("'weather.jar'", ShellWord.quoted("weather.jar"));
    }
}
