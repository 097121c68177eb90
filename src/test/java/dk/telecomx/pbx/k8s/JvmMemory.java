package dk.telecomx.pbx.k8s;

import static dk.telecomx.pbx.k8s.ImageMemory.MEBI;
import static dk.telecomx.pbx.k8s.ImageMemory.option;

/** The memory of the JVM of {@code Dockerfile.jvm}. */
final class JvmMemory {

    /** Alive under load, and room to collect. */
    private static final long HEAP = 256 * MEBI;

    /** Classes, code, threads, the collector's own: measured, with a margin (the deployment's comment has the figures). */
    private static final long THE_REST = 192 * MEBI;

    private JvmMemory() {}

    static ImageMemory ofTheImage() {
        return new ImageMemory(
                option("-XX:MaxRAMPercentage=(\\d+)", "Dockerfile.jvm"),
                option("-XX:MaxDirectMemorySize=(\\d+)m", "Dockerfile.jvm") * MEBI,
                HEAP,
                THE_REST);
    }
}
