package dev.portcullis.gateway.runtime.plugin;

/** Why a plugin cannot be taken, and what to do about it; each a sentence. */
record Refusal(String why, String remedy) {}
