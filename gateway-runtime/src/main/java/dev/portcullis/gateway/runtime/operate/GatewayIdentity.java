package dev.portcullis.gateway.runtime.operate;

import java.time.Instant;

/** Which gateway answers. */
public record GatewayIdentity(String version, Instant startedAt) {}
