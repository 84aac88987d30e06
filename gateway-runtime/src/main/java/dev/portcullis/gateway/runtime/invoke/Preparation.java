package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.Arguments;

/** The last stages before a tool runs: its arguments are checked, and that its caller may still ask for it. */
interface Preparation {
    /**
     * Runs on the thread of the request, bounded as the tool is: it may be interrupted.
     *
     * @return what the tool gets
     * @throws Stop if the tool is not to run
     */
    Arguments prepare();
}
