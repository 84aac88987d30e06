package dev.portcullis.gateway.runtime.plugin;

import java.util.Locale;

/**
 * Bounds that no honest plugin meets, so that a hostile jar cannot fill memory or disk while it is examined.
 *
 * @param packed bytes of one jar
 * @param unpacked bytes of all its entries
 * @param entries how many entries
 */
record JarLimits(long packed, long unpacked, int entries) {
    static final JarLimits DEFAULT = new JarLimits(512L << 20, 2L << 30, 100_000);

    /** Bytes of a class or of what describes the jar, which are read into memory as a whole. */
    static final int WHOLE = 32 << 20;

    /** Packers of honest things do a fiftieth at best; below so many bytes nobody cares. */
    private static final long HIGHEST_RATIO = 200;

    private static final long UNSUSPICIOUS = 64L << 20;

    /** Bytes of all entries of a jar of this size. */
    long unpackedOf(long size) {
        return Math.min(unpacked, Math.max(UNSUSPICIOUS, HIGHEST_RATIO * size));
    }

    /** Whether an entry is read as a whole. */
    static boolean whole(String entry) {
        String name = entry.toUpperCase(Locale.ROOT);
        return name.endsWith(".CLASS")
                || name.startsWith("META-INF/SERVICES/")
                || (name.startsWith("META-INF/") && name.lastIndexOf('/') == "META-INF".length());
    }
}
