package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** One thing to look at. Reads configuration and files; changes nothing, and runs no plugin. */
abstract class Check {
    private final String id;

    /** @param id stable; {@code *} stands for a part that is told apart at run time */
    Check(String id) {
        this.id = id;
    }

    final String id() {
        return id;
    }

    abstract void examine(Examined gateway, Consumer<Finding> found);

    final Finding critical(String key, String title, String detail, String remediation) {
        return new Finding(id, Severity.CRITICAL, key, title, detail, remediation);
    }

    final Finding warn(String key, String title, String detail, String remediation) {
        return new Finding(id, Severity.WARN, key, title, detail, remediation);
    }

    final Finding info(String key, String title, String detail, String remediation) {
        return new Finding(id, Severity.INFO, key, title, detail, remediation);
    }

    final Finding criticalIf(boolean bad, String key, String title, String detail, String remediation) {
        return bad ? critical(key, title, detail, remediation) : warn(key, title, detail, remediation);
    }
}
