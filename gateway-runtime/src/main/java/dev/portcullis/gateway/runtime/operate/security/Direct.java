package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;

/** How a channel treats direct messages, in both forms in which it is written. */
final class Direct {
    private Direct() {}

    static String policy(Settings channel) {
        String policy = channel.text("dmPolicy");
        return policy.isEmpty() ? channel.text("dm.policy") : policy;
    }

    static List<String> senders(Settings channel) {
        List<String> senders = channel.texts("allowFrom");
        return senders.isEmpty() ? channel.texts("dm.allowFrom") : senders;
    }

    /** What ids of findings about a channel, or an account of it, begin with. */
    static String id(String path) {
        return "channels." + path.split("\\.", -1)[1] + ".dm.";
    }

    static Finding finding(
            Severity severity, String path, String suffix, String title, String detail, String remediation) {
        return new Finding(id(path) + suffix, severity, path + ".dmPolicy", title, path + ": " + detail, remediation);
    }
}
