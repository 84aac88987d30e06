package dev.portcullis.gateway.runtime.plugin;

/** Where a plugin came from. */
public enum PluginOrigin {
    /** A module of the distribution. */
    BUILT_IN,
    /** A plugin folder, or {@code plugins.load.paths}. */
    FOLDER
}
