package dev.portcullis.gateway.runtime.invoke;

import java.util.Optional;

/** Where messages of a tool should go, as the caller's headers say. */
record Delivery(Optional<String> to, Optional<String> thread) {
    static final Delivery NONE = new Delivery(Optional.empty(), Optional.empty());
}
