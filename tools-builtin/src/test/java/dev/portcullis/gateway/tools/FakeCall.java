package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One invocation of the main session with fake services. */
record FakeCall(Arguments arguments, GatewayServices services) implements ToolInvocation {
    static FakeCall of(FakeServices services, Map<String, Object> arguments) {
        return new FakeCall(new FakeArguments(arguments), services);
    }

    @Override
    public String id() {
        return "call-1";
    }

    @Override
    public String tool() {
        return "tool";
    }

    @Override
    public Principal principal() {
        return Principal.operator();
    }

    @Override
    public String sessionKey() {
        return "agent:main:main";
    }

    @Override
    public String agentId() {
        return "main";
    }

    @Override
    public Optional<String> channel() {
        return Optional.empty();
    }

    @Override
    public Optional<String> accountId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> messageTo() {
        return Optional.empty();
    }

    @Override
    public Optional<String> threadId() {
        return Optional.empty();
    }

    @Override
    public Instant deadline() {
        return Instant.MAX;
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}
