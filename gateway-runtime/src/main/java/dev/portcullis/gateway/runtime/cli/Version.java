package dev.portcullis.gateway.runtime.cli;

import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into the module descriptor. */
final class Version implements IVersionProvider {
    static String number() {
        return Version.class.getModule().isNamed()
                ? Version.class.getModule().getDescriptor().rawVersion().orElse("unversioned")
                : "unversioned";
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Portcullis " + number(), "Java " + Runtime.version()};
    }
}
