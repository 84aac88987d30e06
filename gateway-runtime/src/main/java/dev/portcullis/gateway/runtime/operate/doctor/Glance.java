package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.List;

/**
 * How the gateway was found when somebody looked.
 *
 * @param state in the words of {@code status}: {@code ok}, {@code down}, {@code foreign} and so on
 * @param host where it was looked for
 * @param local whether it should run on this machine
 * @param problem why it is not ok, and what to do; empty if it is
 * @param warnings what the gateway itself says, if it says anything
 */
public record Glance(String state, String host, int port, boolean local, String problem, List<String> warnings) {
    public Glance {
        warnings = List.copyOf(warnings);
    }
}
