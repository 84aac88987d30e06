package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Switches whose names already warn. */
final class DangerousFlags extends Check {
    private static final List<String> ON = List.of(
            "gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback",
            "hooks.gmail.allowUnsafeExternalContent",
            "hooks.allowRequestSessionKey",
            "browser.ssrfPolicy.dangerouslyAllowPrivateNetwork");
    private static final List<String> OFF = List.of("tools.exec.applyPatch.workspaceOnly", "tools.fs.workspaceOnly");

    DangerousFlags() {
        super("config.insecure_or_dangerous_flags");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Settings settings = gateway.settings();
        ON.stream().filter(settings::on).forEach(flag -> report(flag, flag + "=true", found));
        OFF.stream().filter(settings::off).forEach(flag -> report(flag, flag + "=false", found));
        List<?> mappings = settings.items("hooks.mappings");
        for (int i = 0; i < mappings.size(); i++) {
            if (mappings.get(i) instanceof Map<?, ?> mapping
                    && new Settings(mapping).on("allowUnsafeExternalContent")) {
                String flag = "hooks.mappings[" + i + "].allowUnsafeExternalContent";
                report(flag, flag + "=true", found);
            }
        }
        gateway.tools()
                .agentsAndDefaults()
                .forEach((path, agent) -> agent.child("sandbox.docker")
                        .ifPresent(docker -> docker.names().stream()
                                .filter(name -> name.startsWith("dangerously") && docker.on(name))
                                .map(name -> path + ".sandbox.docker." + name)
                                .forEach(flag -> report(flag, flag + "=true", found))));
        int suppressions = Suppression.in(settings).size();
        if (suppressions > 0) {
            report(Suppression.KEY, Suppression.KEY + " configured (" + suppressions + ")", found);
        }
    }

    private void report(String key, String flag, Consumer<Finding> found) {
        found.accept(warn(
                key,
                "An insecure or dangerous flag is on",
                flag,
                "Unset it when you no longer need it; it is for emergencies and debugging."));
    }
}
