package dev.portcullis.gateway.runtime.plugin;

/**
 * Why a plugin cannot be taken, and what to do about it; each a sentence on one line, whatever library's message is in it.
 */
record Refusal(String why, String remedy) {
    Refusal {
        why = PluginDiagnosis.line(why);
        remedy = PluginDiagnosis.line(remedy);
    }
}
