package dev.portcullis.gateway.api.tool;

import java.util.Objects;

/**
 * One thing a caller can have done. The gateway decides, then validates the arguments, then calls {@link #invoke}: no code
 * of a tool runs for a request that was not allowed.
 *
 * <p>Most tools are written with {@link #of}; implement the interface when a tool has state of its own.
 */
public interface Tool {
    /**
     * Describes the tool. Asked once per load, when the catalog is built.
     *
     * @return name, description, input schema and wishes of this tool
     */
    ToolDescriptor descriptor();

    /**
     * Does the work.
     *
     * <p>Called concurrently, on the virtual thread of the request (or a platform thread, if the descriptor asks for one).
     * Blocking is fine; a loop that neither blocks nor checks {@link Thread#interrupted()} keeps a processor from everybody
     * else. When the deadline passes, or the caller hangs up, the thread is interrupted and the result is discarded.
     *
     * @param call arguments (already validated against the input schema) and circumstances of this invocation; not valid
     *     after this method returned
     * @return the result; {@link ToolResult#none()} if there is nothing to say
     * @throws ToolInputException if the arguments cannot be served; status 400, the message reaches the caller
     * @throws ToolAuthorizationException if this principal may not do this; status 403, the message reaches the caller
     * @throws Exception for every other failure; status 500, the caller sees a fixed text and the details go to the
     *     gateway's log
     */
    ToolResult invoke(ToolInvocation call) throws Exception;

    /**
     * Makes a tool of a descriptor and a function.
     *
     * @param descriptor describes it
     * @param handler does the work, on the terms of {@link #invoke}
     * @return the tool
     */
    static Tool of(ToolDescriptor descriptor, Handler handler) {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(handler, "handler");
        return new Tool() {
            @Override
            public ToolDescriptor descriptor() {
                return descriptor;
            }

            @Override
            public ToolResult invoke(ToolInvocation call) throws Exception {
                return handler.invoke(call);
            }

            @Override
            public String toString() {
                return "Tool[" + descriptor.name() + "]";
            }
        };
    }

    /** The work of a tool as a function; see {@link Tool#invoke}. */
    @FunctionalInterface
    interface Handler {
        /**
         * Does the work, on the terms of {@link Tool#invoke}.
         *
         * @param call arguments and circumstances
         * @return the result
         * @throws Exception as {@link Tool#invoke} says
         */
        ToolResult invoke(ToolInvocation call) throws Exception;
    }
}
