package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.PluginsConfig;
import dev.portcullis.gateway.runtime.plugin.PluginExaminer;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSwitches;
import java.io.IOException;
import java.util.function.Consumer;

/** Plugins would not be loaded, as far as their files tell. None of their code runs. */
final class PluginsLoad extends Check {
    PluginsLoad() {
        super("portcullis/doctor/plugins");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.config()
                .map(config -> config.plugins())
                .filter(PluginsConfig::enabled)
                .ifPresent(plugins -> examine(patient, plugins, found));
    }

    private void examine(Patient patient, PluginsConfig plugins, Consumer<Finding> found) {
        try {
            PluginSwitches off = PluginSwitches.in(patient.places().stateDir());
            for (PluginProblem problem : new PluginExaminer(plugins.trust())
                    .problems(patient.places().pluginFolders(), plugins, off)) {
                PluginsConfig.Entry entry = plugins.entries().get(problem.plugin());
                boolean stops = entry != null && entry.required();
                String message = problem.what() + ". " + problem.why();
                found.accept(
                        stops
                                ? error(
                                        message + " The gateway does not start without it.",
                                        problem.where(),
                                        problem.remedy())
                                : warning(message, problem.where(), problem.remedy()));
            }
        } catch (IOException unreadable) {
            found.accept(warning(
                    "Plugins could not be examined (" + unreadable.getClass().getSimpleName() + ")",
                    patient.places().stateDir().toString(),
                    "Check the permissions of the state directory and of the folder for temporary files."));
        }
    }
}
