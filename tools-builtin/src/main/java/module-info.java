/** The tools every gateway has. Uses the same door as third parties: sees {@code dev.portcullis.gateway.api} alone. */
module dev.portcullis.gateway.tools {
    requires dev.portcullis.gateway.api;
}
