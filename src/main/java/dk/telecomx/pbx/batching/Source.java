package dk.telecomx.pbx.batching;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;

/** Where values are read from. */
@FunctionalInterface
public interface Source<K, V> {

    /** One query for all of these keys, which nothing cancels. A key without a value is not in the answer. */
    Uni<Map<K, V>> find(Set<K> keys);
}
