/**
 * The gateway itself. Exports nothing: built-ins and plugins meet it through {@code dev.portcullis.gateway.api} alone, and a
 * plugin that reflects into it gets an {@link java.lang.reflect.InaccessibleObjectException}. The one exception is for the
 * kit that authors test with, which is no part of a running gateway.
 */
@SuppressWarnings("module") // the test kit is built after us
module dev.portcullis.gateway.runtime {
    requires com.github.benmanes.caffeine;
    requires com.networknt.schema;
    requires dev.portcullis.gateway.api;
    requires inet.ipaddr;
    requires info.picocli;
    requires io.helidon.common.task;
    requires io.helidon.service.registry;
    requires io.helidon.webserver;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.instrumentation.jvm;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires java.management;
    requires java.net.http;
    requires java.sql;
    requires jdk.management;
    requires static org.jspecify;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires typesafe.config;

    exports dev.portcullis.gateway.runtime.kit to
            dev.portcullis.gateway.testkit;

    // picocli fills the fields of the commands
    opens dev.portcullis.gateway.runtime.cli to
            info.picocli;

    // those of plugins, which have to be registered by somebody
    uses java.sql.Driver;
    uses dev.portcullis.gateway.api.auth.AuthProvider;
    uses dev.portcullis.gateway.api.policy.PolicySourceProvider;
    uses dev.portcullis.gateway.api.tool.ToolProvider;
}
