package dev.portcullis.gateway.runtime.policy;

/**
 * The refusal of one tool.
 *
 * @param label the step that decided: a config path, a plugin's label, or the HTTP deny list
 * @param reason one sentence for the operator, with the rule that matched
 */
public record Denied(String tool, String label, String reason) implements Decision {}
