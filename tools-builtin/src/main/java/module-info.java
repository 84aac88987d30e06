/** The tools every gateway has. Uses the same door as third parties: sees {@code dev.portcullis.gateway.api} alone. */
module dev.portcullis.gateway.tools {
    requires dev.portcullis.gateway.api;

    provides dev.portcullis.gateway.api.tool.ToolProvider with
            dev.portcullis.gateway.tools.SessionTools,
            dev.portcullis.gateway.tools.AgentTools,
            dev.portcullis.gateway.tools.GatewayTools;
}
