package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** What is forbidden to one tool, another can do. */
final class WriteDeniedExecAllowed extends Check {
    WriteDeniedExecAllowed() {
        super("tools.exec.fs_tools_disabled_but_exec_enabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        ToolReach tools = gateway.tools();
        boolean writingDenied = tools.denied("write") && tools.denied("edit") && tools.denied("apply_patch");
        if (writingDenied && tools.execAllowed() && !tools.sandboxed()) {
            found.accept(warn(
                    "tools.deny",
                    "Writing files is denied, running commands is not",
                    "tools.deny has write, edit and apply_patch, but exec is allowed outside of a sandbox, and can write every"
                            + " file.",
                    "Deny exec too (group:runtime), or run it in a sandbox."));
        }
    }
}
