package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A program that runs programs counts as safe. */
final class InterpreterUnprofiled extends Check {
    private static final Pattern INTERPRETER = Pattern.compile(
            "(python|pypy|ruby|perl|php|node|deno|bun|lua)[0-9.]*|(ba|z|da|k|fi|c|tc)?sh|osascript|pwsh|powershell|env|xargs");

    InterpreterUnprofiled() {
        super("tools.exec.safe_bins_interpreter_unprofiled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> interpreters = gateway.settings().texts("tools.exec.safeBins").stream()
                .filter(bin -> INTERPRETER.matcher(bin).matches())
                .filter(bin -> !gateway.settings()
                        .children("tools.exec.safeBinProfiles")
                        .containsKey(bin))
                .toList();
        if (!interpreters.isEmpty()) {
            found.accept(warn(
                    "tools.exec.safeBins",
                    "Interpreters count as safe programs",
                    "tools.exec.safeBins has " + String.join(", ", interpreters)
                            + " without a profile: they run any code.",
                    "Take them out, or limit their arguments in tools.exec.safeBinProfiles."));
        }
    }
}
