package dev.portcullis.gateway.runtime.plugin;

/** How a plugin's classes are kept apart from everybody else's. */
public enum LoadingKind {
    /** Found in the boot layer. */
    BOOT,
    /** All its jars are explicit modules: a module layer of its own. */
    MODULE_LAYER,
    /** At least one jar is no module: a class path of its own. */
    CLASS_PATH
}
