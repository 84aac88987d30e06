package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Skills bring commands that run without asking. */
final class AutoAllowSkills extends Check {
    AutoAllowSkills() {
        super("tools.exec.auto_allow_skills_enabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().on("tools.exec.autoAllowSkills")) {
            found.accept(warn(
                    "tools.exec.autoAllowSkills",
                    "Commands of skills run without asking",
                    "tools.exec.autoAllowSkills is true: installing a skill allows its commands.",
                    "Set it to false, and allow commands one by one."));
        }
    }
}
