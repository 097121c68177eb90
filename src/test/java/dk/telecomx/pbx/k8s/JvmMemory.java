package dk.telecomx.pbx.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the JVM of the image shares out a container's memory. */
record JvmMemory(int heapPercent, long direct) {

    private static final long MEBI = 1L << 20;

    /** Alive under load, and room to collect. */
    private static final long HEAP = 256 * MEBI;

    /** Classes, code, threads, the collector's own: measured, with a margin (the deployment's comment has the figures). */
    private static final long THE_REST = 192 * MEBI;

    static JvmMemory ofTheImage() {
        try {
            String image = Files.readString(Path.of("Dockerfile.jvm"));
            return new JvmMemory(
                    number("-XX:MaxRAMPercentage=(\\d+)", image),
                    number("-XX:MaxDirectMemorySize=(\\d+)m", image) * MEBI);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int number(String option, String image) {
        Matcher found = Pattern.compile(option).matcher(image);
        if (!found.find()) {
            throw new IllegalStateException("not in Dockerfile.jvm: " + option);
        }
        return Integer.parseInt(found.group(1));
    }

    /** What that limit is too little for. */
    Stream<String> lackingIn(long limit) {
        long heap = limit * heapPercent / 100;
        long rest = limit - heap - direct;
        return Stream.of(
                        heap < HEAP ? "a heap of " + heap / MEBI + " MiB" : "",
                        rest < THE_REST ? rest / MEBI + " MiB beside heap and direct buffers" : "")
                .filter(lack -> !lack.isEmpty());
    }
}
