package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.batching.ManualSource.Asked;
import dk.telecomx.pbx.error.Failure;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever happens, in whatever order: no slot leaks, no limit is passed, and everybody is told exactly once. */
class BatchModelTest {

    private static final BatchLimits LIMITS = new BatchLimits(3, Duration.ofMillis(12), 10, 30, Duration.ofMillis(3));
    private static final List<UUID> IDS =
            Stream.generate(UUID::randomUUID).limit(12).toList();

    private static final Vertx VERTX = Vertx.vertx();

    @AfterContainer
    static void stop() {
        VERTX.close();
    }

    enum Kind {
        LOOK_UP,
        CANCEL,
        ANSWER,
        FAIL,
        END_TURN,
        PASS_TIME
    }

    /** Something that happens; which lookup, query or loop it happens to, and how much of it, is drawn from the numbers. */
    record Event(Kind kind, int which, int amount) {}

    @Provide
    static Arbitrary<List<Event>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(40, Kind.LOOK_UP),
                Tuple.of(10, Kind.CANCEL),
                Tuple.of(14, Kind.ANSWER),
                Tuple.of(5, Kind.FAIL),
                Tuple.of(20, Kind.END_TURN),
                Tuple.of(10, Kind.PASS_TIME));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.integers().between(1, 9))
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
    void leaksNoSlotAndTellsEverybodyOnce(@ForAll("histories") List<Event> history) {
        World world = new World();
        for (Event event : history) {
            world.happens(event);
            world.isInOrder();
        }
        world.comesToRest();
    }

    /** The lookups under test, and what they ought to look like from outside. */
    private static final class World {
        final List<VirtualLoop> loops = List.of(new VirtualLoop(VERTX), new VirtualLoop(VERTX));
        final ManualSource source = new ManualSource();
        final BatchLoader<UUID, String> lookup = Limits.over(source::find, LIMITS, VERTX);
        final List<Reply> replies = new ArrayList<>();
        final Set<Reply> cancelled = new HashSet<>();

        void happens(Event event) {
            List<Asked> open = source.open();
            switch (event.kind()) {
                case LOOK_UP -> lookUp(event);
                case CANCEL -> {
                    if (!replies.isEmpty()) {
                        cancel(replies.get(event.which() % replies.size()));
                    }
                }
                case ANSWER -> {
                    if (!open.isEmpty()) {
                        open.get(event.which() % open.size()).answer();
                    }
                }
                case FAIL -> {
                    if (!open.isEmpty()) {
                        open.get(event.which() % open.size()).fail(new IllegalStateException("away"));
                    }
                }
                case END_TURN -> loops.get(event.which() % 2).turn();
                case PASS_TIME -> pass(event.amount());
            }
        }

        void pass(int milliseconds) {
            for (int i = 0; i < milliseconds; i++) {
                source.now++;
                loops.forEach(loop -> loop.pass(1));
            }
        }

        void lookUp(Event event) {
            Set<UUID> ids = new HashSet<>();
            for (int i = 0; i < event.amount(); i++) {
                ids.add(IDS.get((event.which() + i) % IDS.size()));
            }
            boolean full = ids.size() > 1 && lookup.pendingKeys() >= LIMITS.maxPendingKeys();
            Reply reply = Reply.inTurn(lookup, loops.get(event.which() % 2), ids);
            replies.add(reply);
            assertThat(reply.failure() == Failure.OVERLOADED).isEqualTo(full);
        }

        void cancel(Reply reply) {
            if (reply.outcomes() == 0) {
                cancelled.add(reply);
            }
            reply.cancel();
        }

        void isInOrder() {
            assertThat(lookup.queriesInFlight())
                    .isEqualTo((int) source.open().stream()
                            .filter(query -> source.now
                                    < query.sentAt + LIMITS.timeLimit().toMillis())
                            .count())
                    .isLessThanOrEqualTo(LIMITS.maxQueries());
            assertThat(source.queries).allMatch(query -> query.ids.size() <= LIMITS.maxBatchKeys());
            assertThat(source.queries).allMatch(query -> query.ids.equals(Set.copyOf(query.live)));
            assertThat(replies).allMatch(reply -> reply.outcomes() <= 1);
            assertThat(cancelled).allMatch(reply -> reply.outcomes() == 0);
            assertThat(replies).allMatch(reply -> reply.outcomes() == 0 || reply.resumedOn() == reply.askedOn);
            assertThat(replies).allMatch(World::hasWhatItAskedForIfItWasAnswered);
            if (lookup.pending() == 0) {
                assertThat(lookup.pendingKeys()).isZero();
            }
        }

        private static boolean hasWhatItAskedForIfItWasAnswered(Reply reply) {
            return reply.outcomes() == 0
                    || reply.failure() != null
                    || reply.ids.stream().allMatch(id -> ManualSource.value(id)
                            .equals(reply.found().apply(id)));
        }

        /** After a time limit for each that may be ahead in the queue nobody waits any more, and all slots are there for others. */
        void comesToRest() {
            pass((LIMITS.maxPendingKeys() + 2) * (int) LIMITS.timeLimit().toMillis());
            isInOrder();
            assertThat(replies).allMatch(reply -> reply.outcomes() == (cancelled.contains(reply) ? 0 : 1));
            assertThat(lookup.pending()).isZero();
            assertThat(lookup.queriesInFlight()).isZero();
            int before = source.queries.size();
            Reply.inTurn(lookup, loops.get(0), Set.of(IDS.get(0)));
            for (int i = 1; i < LIMITS.maxQueries(); i++) {
                Reply.inTurn(lookup, loops.get(0), Set.copyOf(IDS));
            }
            loops.get(0).turn();
            assertThat(source.queries).hasSize(before + LIMITS.maxQueries());
        }
    }
}
