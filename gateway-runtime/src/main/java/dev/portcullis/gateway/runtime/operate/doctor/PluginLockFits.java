package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.plugin.PluginLockCare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A lock file of plugins cannot be understood, or names plugins that are gone. */
final class PluginLockFits extends Check {
    PluginLockFits() {
        super("portcullis/doctor/plugin-lock");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        boolean locked = patient.config()
                .filter(config -> config.plugins().trust().verify() == PluginTrust.Verify.LOCKED)
                .isPresent();
        for (Path folder : patient.places().pluginFolders()) {
            Path file = PluginLockCare.file(folder);
            try {
                List<String> gone = PluginLockCare.gone(folder);
                if (!gone.isEmpty()) {
                    found.accept(repairable(
                            Severity.INFO,
                            "The lock names plugins that are not there: " + String.join(", ", gone),
                            file.toString(),
                            "Put them back, or take their lines out, which --fix does.",
                            () -> PluginLockCare.forget(folder, gone)));
                }
            } catch (IOException unusable) {
                String message = "The lock cannot be used: " + unusable.getMessage();
                String hint = "Delete it and install the plugins again: portcullis plugins install FILE --replace";
                found.accept(
                        locked
                                ? error(message + ". No plugin of the folder is loaded.", file.toString(), hint)
                                : warning(message, file.toString(), hint));
            }
        }
    }
}
