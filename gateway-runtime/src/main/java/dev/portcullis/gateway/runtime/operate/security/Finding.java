package dev.portcullis.gateway.runtime.operate.security;

/**
 * Something that an operator should know.
 *
 * @param key config path that decides it; empty for files
 * @param remediation what to do; empty if there is nothing to do
 */
public record Finding(String checkId, Severity severity, String key, String title, String detail, String remediation) {}
