package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The configuration that a gateway started with the same options would use. Files are read when asked for, not before. */
interface ConfigAccess {
    /** The file that is used; empty if there is none. */
    Optional<Path> file();

    /** Who named the file, or where it was found. */
    String chosenBy();

    Path stateDir();

    /**
     * Reads and checks it.
     *
     * @throws CliException with all problems, exit code 78
     */
    Reading read();

    /** What is written, whether or not it holds. */
    ConfigDraft draft();

    /**
     * Changes a file of configuration.
     *
     * @param template what a file that is not there begins as
     */
    ConfigFileEditor editor(Path file, Optional<Path> template);

    /** Where a gateway would look for plugins, besides what the configuration names; they may be missing. */
    List<Path> pluginFolders();

    /**
     * A valid configuration.
     *
     * @param warnings what is accepted, but probably not meant
     */
    record Reading(GatewayConfig config, List<String> warnings) {
        public Reading {
            warnings = List.copyOf(warnings);
        }
    }

    /** Finds the configuration by the options of the command line. */
    interface Locator {
        ConfigAccess locate(Optional<Path> config, Optional<Path> stateDir, Overrides overrides);
    }
}
