package dk.telecomx.pbx.k8s;

import static dk.telecomx.pbx.k8s.ImageMemory.MEBI;
import static dk.telecomx.pbx.k8s.ImageMemory.option;

/**
 * The memory of the executable of {@code Dockerfile.native}. It was measured as a whole alone (docs/images.md), so each part has to have
 * room for a whole. With the direct buffers the two are more than the 332 MB of the overload test.
 */
final class NativeMemory {

    /** All that was used with 2,500 connections. */
    private static final long HEAP = 148 * MEBI;

    /** All that was used at the first answer: 71 MB. */
    private static final long THE_REST = 72 * MEBI;

    private NativeMemory() {}

    static ImageMemory ofTheImage() {
        return new ImageMemory(
                option("-XX:MaximumHeapSizePercent=(\\d+)", "Dockerfile.native"),
                option("-XX:MaxDirectMemorySize=(\\d+)\"", "Dockerfile.native"),
                HEAP,
                THE_REST);
    }
}
