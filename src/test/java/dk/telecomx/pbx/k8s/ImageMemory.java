package dk.telecomx.pbx.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How an image shares out a container's memory, and how much it needs: of heap, and of the rest beside heap and direct buffers. */
record ImageMemory(long heapPercent, long direct, long leastHeap, long leastRest) {

    private static final long MEBI = 1L << 20;

    /**
     * Of the JVM in {@code Dockerfile.jvm}. Heap: alive under load, and room to collect. The rest: classes, code, threads, the collector's
     * own, measured, with a margin (the deployment's comment has the figures).
     */
    static ImageMemory ofTheJvm() {
        return new ImageMemory(
                option("-XX:MaxRAMPercentage=(\\d+)", "Dockerfile.jvm"),
                option("-XX:MaxDirectMemorySize=(\\d+)m", "Dockerfile.jvm") * MEBI,
                256 * MEBI,
                192 * MEBI);
    }

    /**
     * Of the executable in {@code Dockerfile.native}. It was measured only as a whole (docs/images.md), so each part must have room for a
     * whole: heap for what was used with 2,500 connections, the rest for what was used at the first answer (71 MB). With the direct buffers
     * the two are more than the 332 MB of the overload test.
     */
    static ImageMemory ofTheExecutable() {
        return new ImageMemory(
                option("-XX:MaximumHeapSizePercent=(\\d+)", "Dockerfile.native"),
                option("-XX:MaxDirectMemorySize=(\\d+)\"", "Dockerfile.native"),
                148 * MEBI,
                72 * MEBI);
    }

    /** The number in an option that a Dockerfile gives. */
    private static long option(String pattern, String dockerfile) {
        try {
            Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of(dockerfile)));
            if (!found.find()) {
                throw new IllegalStateException("not in " + dockerfile + ": " + pattern);
            }
            return Long.parseLong(found.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What that limit is too little for. */
    Stream<String> lackingIn(long limit) {
        long heap = limit * heapPercent / 100;
        long rest = limit - heap - direct;
        return Stream.of(
                        heap < leastHeap ? "a heap of " + heap / MEBI + " MiB" : "",
                        rest < leastRest ? rest / MEBI + " MiB beside heap and direct buffers" : "")
                .filter(lack -> !lack.isEmpty());
    }
}
