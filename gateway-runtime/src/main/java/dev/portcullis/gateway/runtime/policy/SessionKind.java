package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.session.InvocationContext;

/** What a session key says about how its session came to be. */
enum SessionKind {
    PLAIN,
    SUBAGENT,
    ACP,
    DASHBOARD,
    CRON;

    static SessionKind of(InvocationContext context) {
        String key = context.sessionKey();
        int start = 0;
        if (key.startsWith("agent:")) {
            start = key.indexOf(':', "agent:".length()) + 1;
        }
        if (key.startsWith("subagent:", start)) {
            return SUBAGENT;
        }
        if (key.startsWith("acp:", start)) {
            return ACP;
        }
        if (key.startsWith("dashboard:", start)) {
            return DASHBOARD;
        }
        return key.startsWith("cron:", start) ? CRON : PLAIN;
    }
}
