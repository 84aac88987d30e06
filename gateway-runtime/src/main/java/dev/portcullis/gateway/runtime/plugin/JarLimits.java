package dev.portcullis.gateway.runtime.plugin;

/**
 * Bounds that no honest plugin meets, so that a hostile jar cannot fill memory or disk while it is examined.
 *
 * @param packed bytes of one jar
 * @param unpacked bytes of all its entries
 * @param entries how many entries
 */
record JarLimits(long packed, long unpacked, int entries) {
    static final JarLimits DEFAULT = new JarLimits(512L << 20, 2L << 30, 100_000);
}
