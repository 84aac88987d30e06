package dev.portcullis.gateway.runtime.plugin;

/**
 * A plugin, or a provider of one, that the configuration keeps out. For the commands and the log.
 *
 * @param plugin file name, or module name of a built-in
 * @param where the file
 * @param reason the configuration line, in words
 */
public record SkippedPlugin(String plugin, String where, String reason) {}
