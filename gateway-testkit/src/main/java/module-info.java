/**
 * What plugin authors test with: {@link dev.portcullis.gateway.testkit.TestGateway} takes calls down the gateway's own
 * road, without a socket.
 *
 * <p>For tests only: a plugin that carries this module, or the gateway with it, is refused.
 */
module dev.portcullis.gateway.testkit {
    requires transitive dev.portcullis.gateway.api;
    requires dev.portcullis.gateway.runtime;
    requires static org.jspecify;

    exports dev.portcullis.gateway.testkit;
}
