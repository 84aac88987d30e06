package dev.portcullis.gateway.runtime.invoke;

/** The caller's end of the line. */
public interface Hangup {
    /** Nobody can hang up. */
    Hangup NEVER = new Hangup() {
        @Override
        public void onHangup(Runnable action) {}
    };

    /**
     * Registers what to do when the caller leaves; runs at once if that has happened. Must be quick: it runs on the thread
     * that noticed.
     */
    void onHangup(Runnable action);
}
