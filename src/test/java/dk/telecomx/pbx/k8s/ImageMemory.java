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

    static final long MEBI = 1L << 20;

    /** The number in an option that a Dockerfile gives. */
    static long option(String pattern, String dockerfile) {
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
