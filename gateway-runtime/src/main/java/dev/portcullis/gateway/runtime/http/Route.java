package dev.portcullis.gateway.runtime.http;

/** Where requests go, as metrics name it: a closed set, whatever clients send. */
enum Route {
    INVOKE("/tools/invoke"),
    OPERATOR("/portcullis/v1/{view}"),
    METRICS("/metrics"),
    /** Where WebSockets are opened, with the wish for one. */
    WEBSOCKET("websocket"),
    HEALTH("/health"),
    READY("/ready"),
    STARTUP("/startup"),
    /** No such path, or a head that could not be read. */
    NONE("");

    private final String label;

    Route(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Route of(String path) {
        return switch (path) {
            case ToolsInvokeHandler.PATH -> INVOKE;
            case MetricsHandler.PATH -> METRICS;
            case "/health", "/healthz" -> HEALTH;
            case "/ready", "/readyz" -> READY;
            case "/startup", "/startupz" -> STARTUP;
            default -> path.startsWith(OperatorHandler.PREFIX) ? OPERATOR : NONE;
        };
    }
}
