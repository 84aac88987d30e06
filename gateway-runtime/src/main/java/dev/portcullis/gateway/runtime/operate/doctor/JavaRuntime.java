package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.function.Consumer;

/** The JVM lacks what the gateway counts on, or is none to count on. The launcher refuses versions that are too old. */
final class JavaRuntime extends Check {
    JavaRuntime() {
        super("portcullis/doctor/java");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        String home = System.getProperty("java.home", "");
        Runtime.version()
                .pre()
                .ifPresent(stage -> found.accept(warning(
                        "Java " + Runtime.version() + " is a version before its release (" + stage + ")",
                        home,
                        "Use a released one: set PORTCULLIS_JAVA_HOME.")));
        if (ModuleLayer.boot().findModule("jdk.unsupported").isEmpty()) {
            found.accept(warning(
                    "This runtime has no module jdk.unsupported: signals do not let running tools end, and SIGHUP reloads nothing",
                    home,
                    "Use a whole JDK: set PORTCULLIS_JAVA_HOME."));
        }
    }
}
