package dev.portcullis.gateway.runtime.telemetry;

/** All metrics as text. */
public record MetricsPage(String contentType, String text) {
    @Override
    public String toString() {
        return contentType + " " + text.length() + " characters";
    }
}
