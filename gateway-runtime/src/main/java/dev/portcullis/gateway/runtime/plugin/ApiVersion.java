package dev.portcullis.gateway.runtime.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor version of the API; nothing else decides whether a plugin fits. */
record ApiVersion(int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:[.+-].*)?");

    static Optional<ApiVersion> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /** Why something compiled against {@code built} cannot run here; empty if it can. */
    Optional<Refusal> refuses(ApiVersion built, String subject) {
        if (built.major != major) {
            return Optional.of(new Refusal(
                    subject + " was compiled against version " + built + " of the gateway API, and this gateway has "
                            + this + ": another major version is not compatible.",
                    built.major < major
                            ? "Get a release of the plugin for API " + major + ".x, or compile it again."
                            : "Update the gateway to API " + built.major
                                    + ".x, or use an older release of the plugin."));
        }
        if (built.minor > minor) {
            return Optional.of(new Refusal(
                    subject + " was compiled against version " + built + " of the gateway API, and this gateway has "
                            + this + ": it may need what is not here.",
                    "Update the gateway to API " + built + " or later, or use an older release of the plugin."));
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
