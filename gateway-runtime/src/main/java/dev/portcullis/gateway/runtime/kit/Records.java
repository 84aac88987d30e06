package dev.portcullis.gateway.runtime.kit;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Audit records until somebody takes them. */
final class Records implements AuditLog {
    private final Map<String, AuditRecord> byInvocation = new ConcurrentHashMap<>();

    @Override
    public void append(AuditRecord entry) {
        byInvocation.put(entry.invocation(), entry);
    }

    Optional<AuditRecord> take(String invocation) {
        return Optional.ofNullable(byInvocation.remove(invocation));
    }

    @Override
    public void close() {}
}
