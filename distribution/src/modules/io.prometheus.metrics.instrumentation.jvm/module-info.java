module io.prometheus.metrics.instrumentation.jvm {
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.model;
    requires java.management;
    requires jdk.management;

    exports io.prometheus.metrics.instrumentation.jvm;
}
