package dev.portcullis.gateway.runtime.policy;

/**
 * The refusal of one tool.
 *
 * @param label the step that decided: a config path, a plugin's label, or the HTTP deny list
 * @param reason one sentence for the operator, with the rule that matched
 * @param change what would have to change for this step to let the tool pass
 */
public record Denied(String tool, String label, String reason, String change) implements Decision {}
