module io.prometheus.metrics.tracer.initializer {
    requires io.prometheus.metrics.tracer.common;

    exports io.prometheus.metrics.tracer.initializer;
}
