package dev.portcullis.gateway.runtime.zoo;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.nio.file.Path;

/**
 * A plugin that is broken in one way, and what its operator has to be told.
 *
 * @param file jar or folder
 * @param cause what the message says of it
 * @param advice what it says to do
 */
record Specimen(String file, String cause, String advice, Build build) {
    interface Build {
        /** Makes the jar or folder at a path. */
        void make(TinyPlugins tiny, Path at) throws Exception;
    }

    static Specimen of(String file, String cause, String advice, Build build) {
        return new Specimen(file, cause, advice, build);
    }

    @Override
    public String toString() {
        return file;
    }
}
