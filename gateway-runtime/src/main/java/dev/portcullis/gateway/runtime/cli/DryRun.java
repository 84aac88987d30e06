package dev.portcullis.gateway.runtime.cli;

import picocli.CommandLine.Option;

/** To see what would happen. */
final class DryRun {
    @Option(names = "--dry-run", description = "Check, and write nothing.")
    boolean wanted;
}
