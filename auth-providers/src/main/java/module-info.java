/** The ways to authenticate that every gateway has. Sees {@code dev.portcullis.gateway.api} alone. */
module dev.portcullis.gateway.auth {
    requires dev.portcullis.gateway.api;
}
