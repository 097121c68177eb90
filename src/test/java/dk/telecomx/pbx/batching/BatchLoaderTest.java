package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.batching.ManualSource.Asked;
import dk.telecomx.pbx.error.Failure;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Turn by turn, in virtual time. */
class BatchLoaderTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final VirtualLoop loop = new VirtualLoop(VERTX);
    private final VirtualLoop otherLoop = new VirtualLoop(VERTX);
    private final ManualSource source = new ManualSource();
    private BatchLoader<UUID, String> lookup = lookup(Limits.STANDARD);

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    private BatchLoader<UUID, String> lookup(BatchLimits limits) {
        return Limits.over(source::find, limits, VERTX);
    }

    private Reply ask(Set<UUID> ids) {
        return Reply.to(lookup, loop, ids);
    }

    private Reply askOne() {
        return ask(Reply.ids(1));
    }

    private List<Reply> ask(int lookups) {
        return IntStream.range(0, lookups).mapToObj(i -> askOne()).toList();
    }

    /** Occupies as many slots with queries that never answer, each past the batch window. */
    private void hang(int queries) {
        for (int i = 0; i < queries; i++) {
            askOne();
            loop.turn();
            loop.pass(5);
        }
    }

    @Nested
    class Batching {

        @Test
        void sendsALoneLookupAtTheEndOfTheTurn() {
            Reply alone = askOne();
            assertThat(source.queries).isEmpty();
            loop.turn();
            assertThat(source.queries).hasSize(1);
            source.query(0).answer();
            assertThat(alone.outcomes()).isEqualTo(1);
        }

        @Test
        void asksTogetherWhatOneTurnAsksFor() {
            Reply one = askOne();
            Reply two = askOne();
            loop.turn();
            assertThat(source.queries).hasSize(1);
            assertThat(source.query(0).ids)
                    .containsAll(one.ids)
                    .containsAll(two.ids)
                    .hasSize(2);
        }

        @Test
        void asksOnceForAnIdThatSeveralWant() {
            Set<UUID> wanted = Reply.ids(3);
            Reply one = ask(wanted);
            Reply two = ask(wanted);
            loop.turn();
            source.query(0).answer();
            assertThat(source.query(0).live).hasSize(3);
            assertThat(one.outcomes() + two.outcomes()).isEqualTo(2);
        }

        @Test
        void gathersBehindAQueryInFlight() {
            askOne();
            loop.turn();
            ask(20);
            loop.turn();
            assertThat(source.queries).hasSize(1);
            source.query(0).answer();
            loop.turn();
            assertThat(source.queries).hasSize(2);
            assertThat(source.query(1).ids).hasSize(20);
        }

        @Test
        void gathersFromAllEventLoops() {
            askOne();
            loop.turn();
            Reply here = askOne();
            Reply there = Reply.to(lookup, otherLoop, Reply.ids(1));
            source.query(0).answer();
            loop.turn();
            assertThat(source.query(1).ids).containsAll(here.ids).containsAll(there.ids);
        }

        @Test
        void answersNullForWhatDoesNotExist() {
            Reply reply = askOne();
            loop.turn();
            source.query(0).answer(Map.of());
            assertThat(reply.found().apply(reply.ids.iterator().next())).isNull();
        }
    }

    @Nested
    class Freshness {

        @Test
        void neverJoinsAQueryThatWasSent() {
            Set<UUID> wanted = Reply.ids(1);
            ask(wanted);
            loop.turn();
            Reply late = ask(wanted);
            source.query(0).answer();
            assertThat(late.outcomes()).isZero();
            loop.turn();
            source.query(1).answer();
            assertThat(late.outcomes()).isEqualTo(1);
        }

        @Test
        void freezesTheIdsBeforeSending() {
            ask(2);
            loop.turn();
            ask(5);
            loop.turn();
            assertThat(source.query(0).live).containsExactlyInAnyOrderElementsOf(source.query(0).ids);
            source.query(0).answer();
            loop.turn();
            assertThat(source.query(0).live).containsExactlyInAnyOrderElementsOf(source.query(0).ids);
        }

        /** The last query's lookups once were kept until the next one: who asked, with token and all. */
        @Test
        void keepsNothingOfWhoWasAnswered() {
            WeakReference<Reply> answered = new WeakReference<>(askOne());
            loop.turn();
            source.query(0).answer();
            loop.turn();
            source.queries.clear();
            Await.until("nobody knows the lookup", Duration.ofSeconds(20), () -> {
                System.gc();
                return answered.refersTo(null);
            });
        }

        @Test
        void keepsNothingForALaterLookup() {
            Set<UUID> wanted = Reply.ids(1);
            ask(wanted);
            loop.turn();
            source.query(0).answer();
            Reply later = ask(wanted);
            loop.turn();
            source.query(1).answer(Map.of());
            assertThat(later.found().apply(wanted.iterator().next())).isNull();
        }
    }

    @Nested
    class Contexts {

        @Test
        void aBatchHasAContextOfItsOwn() {
            Reply one = askOne();
            Reply two = askOne();
            loop.turn();
            Context batch = Objects.requireNonNull(source.query(0).context);
            assertThat(batch).isNotSameAs(one.askedOn).isNotSameAs(two.askedOn);
            assertThat(VertxContext.isDuplicatedContext(batch)).isTrue();
        }

        @Test
        void eachLookupResumesOnItsOwn() {
            Reply here = askOne();
            Reply there = Reply.to(lookup, otherLoop, Reply.ids(1));
            loop.turn();
            source.query(0).answer();
            otherLoop.turn();
            assertThat(here.resumedOn()).isSameAs(here.askedOn);
            assertThat(there.resumedOn()).isSameAs(there.askedOn);
        }

        @Test
        void eachLookupFailsOnItsOwn() {
            Reply one = askOne();
            Reply two = askOne();
            loop.turn();
            source.query(0).fail(new IllegalStateException("away"));
            assertThat(one.resumedOn()).isSameAs(one.askedOn);
            assertThat(two.resumedOn()).isSameAs(two.askedOn);
        }
    }

    @Nested
    class Isolation {

        @Test
        void hasAtMostFourQueriesInFlight() {
            hang(6);
            assertThat(source.open()).hasSize(4);
            assertThat(lookup.pending()).isEqualTo(2);
            source.query(0).answer();
            loop.turn();
            assertThat(source.open()).hasSize(4);
            assertThat(source.query(4).ids).hasSize(2);
        }

        @Test
        void joinsAtMostAThousandIdsAndSplitsNobodys() {
            List<Reply> all =
                    List.of(ask(Reply.ids(400)), ask(Reply.ids(400)), ask(Reply.ids(400)), ask(Reply.ids(400)));
            loop.turn();
            source.query(0).answer();
            source.query(1).answer();
            assertThat(source.queries).extracting(query -> query.ids.size()).containsExactly(800, 800);
            assertThat(all).allSatisfy(reply -> assertThat(reply.outcomes()).isEqualTo(1));
            assertThat(all).allSatisfy(reply -> assertThat(source.queries)
                    .filteredOn(query -> query.ids.containsAll(reply.ids))
                    .hasSize(1));
        }

        @Test
        void sendsALargeLookupAloneAndAtOnce() {
            askOne();
            Reply large = ask(Reply.ids(501));
            askOne();
            loop.turn();
            assertThat(source.queries).extracting(query -> query.ids.size()).containsExactly(2, 501);
            assertThat(source.query(1).ids).isEqualTo(large.ids);
        }

        @Test
        void aLargeLookupHoldsNobodyBack() {
            ask(Reply.ids(5000));
            loop.turn();
            askOne();
            loop.turn();
            assertThat(source.queries).hasSize(2);
        }

        @Test
        void largeLookupsLeaveASlotToTheOthers() {
            for (int i = 0; i < 5; i++) {
                ask(Reply.ids(501));
            }
            loop.turn();
            assertThat(source.open()).hasSize(3);
            askOne();
            loop.turn();
            assertThat(source.open()).hasSize(4);
            source.query(0).answer();
            loop.turn();
            assertThat(source.queries).extracting(query -> query.ids.size()).containsExactly(501, 501, 501, 1, 501);
        }

        /** It once waited until nobody else did, while the database was slow. */
        @Test
        void aLargeLookupIsNotHeldBackByThoseThatKeepComing() {
            hang(4);
            askOne();
            Reply large = ask(Reply.ids(501));
            Reply another = ask(Reply.ids(501));
            source.query(0).answer();
            loop.turn();
            assertThat(source.query(4).ids).isEqualTo(large.ids);
            askOne();
            source.query(1).answer();
            loop.turn();
            assertThat(source.query(5).ids).hasSize(2);
            source.query(2).answer();
            loop.turn();
            assertThat(source.query(6).ids).isEqualTo(another.ids);
        }

        @Test
        void theOnlySlotIsLargeAndSmallLookupsInTurn() {
            lookup = lookup(Limits.standard(1));
            hang(1);
            List<Reply> large = List.of(ask(Reply.ids(501)), ask(Reply.ids(501)));
            for (int query = 0; query < 4; query++) {
                askOne();
                source.query(query).answer();
                loop.turn();
            }
            assertThat(source.queries).extracting(query -> query.ids.size()).containsExactly(1, 501, 2, 501, 2);
            assertThat(large).allMatch(reply -> reply.outcomes() == 1);
        }

        @Test
        void aSingleSlotIsLargeLookupsToo() {
            lookup = lookup(Limits.standard(1));
            ask(Reply.ids(501));
            loop.turn();
            assertThat(source.open()).hasSize(1);
        }

        @Test
        void nobodyGathersBehindAQueryThatIsFull() {
            for (int i = 0; i < 5; i++) {
                ask(Reply.ids(400));
            }
            loop.turn();
            assertThat(source.queries).extracting(query -> query.ids.size()).containsExactly(800, 800, 400);
        }

        @Test
        void oneHungQueryDelaysNobodyBeyondTheBatchWindow() {
            askOne();
            loop.turn();
            Reply next = askOne();
            loop.turn();
            loop.pass(4);
            assertThat(source.queries).hasSize(1);
            loop.pass(1);
            assertThat(source.queries).hasSize(2);
            source.query(1).answer();
            assertThat(next.outcomes()).isEqualTo(1);
            for (int i = 2; i < 10; i++) {
                Reply later = askOne();
                loop.turn();
                source.query(i).answer();
                assertThat(later.outcomes()).isEqualTo(1);
            }
        }

        @Test
        void theWindowOfALargeLookupDoesNotEndTheGatheringBehindAnother() {
            ask(Reply.ids(501));
            loop.turn();
            loop.pass(3);
            askOne();
            loop.turn();
            askOne();
            loop.turn();
            loop.pass(2);
            assertThat(source.queries).hasSize(2);
            loop.pass(3);
            assertThat(source.queries).hasSize(3);
        }

        /** Thousands who want thousands: long before there are ten thousand of them there is no memory. */
        @Test
        void refusesMoreIdsThanTheQueueHasRoomFor() {
            lookup = lookup(new BatchLimits(1, Duration.ofSeconds(2), 1_000, 1_000, Duration.ofMillis(5)));
            hang(1);
            Reply large = ask(Reply.ids(999));
            Reply last = ask(Reply.ids(2));
            Reply refused = ask(Reply.ids(2));
            assertThat(refused.failure()).isSameAs(Failure.OVERLOADED);
            large.cancel();
            assertThat(ask(Reply.ids(2)).failure()).isNull();
            assertThat(last.failure()).isNull();
        }

        /** What others expand once refused those who read a group as it is. The requests in flight bound them. */
        @Test
        void neverRefusesALookupOfOneId() {
            lookup = lookup(new BatchLimits(1, Duration.ofSeconds(2), 1_000, 1_000, Duration.ofMillis(5)));
            hang(1);
            ask(Reply.ids(1_000));
            assertThat(askOne().failure()).isNull();
            assertThat(ask(Reply.ids(2)).failure()).isSameAs(Failure.OVERLOADED);
        }

        @Test
        void aLookupThatLeavesHarmsNobody() {
            Reply left = askOne();
            Reply stays = askOne();
            loop.turn();
            left.cancel();
            source.query(0).answer();
            assertThat(left.outcomes()).isZero();
            assertThat(stays.outcomes()).isEqualTo(1);
        }

        @Test
        void isNotAskedForWhoLeftBeforeTheTurnEnded() {
            askOne().cancel();
            loop.turn();
            assertThat(source.queries).isEmpty();
            askOne();
            loop.turn();
            assertThat(source.queries).hasSize(1);
        }

        @Test
        void aFailingContinuationHarmsNobody() {
            loop.request()
                    .emit(nothing -> lookup.byKeys(Reply.ids(1)).subscribe().with(found -> {
                        throw new IllegalStateException("a lookup's own trouble");
                    }));
            Reply neighbor = askOne();
            loop.turn();
            source.query(0).answer();
            assertThat(neighbor.outcomes()).isEqualTo(1);
            assertThat(lookup.queriesInFlight()).isZero();
        }
    }

    @Nested
    class Slots {

        @Test
        void isFreedByAFailureWhichAllLookupsAreTold() {
            RuntimeException away = new IllegalStateException("away");
            List<Reply> replies = ask(3);
            loop.turn();
            source.query(0).fail(away);
            assertThat(replies).allSatisfy(reply -> assertThat(reply.failure()).isSameAs(away));
            assertThat(lookup.queriesInFlight()).isZero();
        }

        @Test
        void isFreedByTheTimeLimit() {
            Reply reply = askOne();
            loop.turn();
            loop.pass(1999);
            assertThat(reply.outcomes()).isZero();
            loop.pass(1);
            assertThat(reply.failure()).isInstanceOf(Failure.class).hasMessageContaining("time limit");
            assertThat(lookup.queriesInFlight()).isZero();
        }

        /** Callers who hang up once had any number of queries in flight. */
        @Test
        void isHeldByAQueryThatNobodyWaitsForAnyMore() {
            for (int i = 0; i < 10; i++) {
                Reply hungUp = askOne();
                loop.turn();
                loop.pass(5);
                hungUp.cancel();
            }
            loop.turn();
            assertThat(source.open()).hasSize(4);
            assertThat(lookup.queriesInFlight()).isEqualTo(4);
            source.open().forEach(Asked::answer);
            assertThat(lookup.queriesInFlight()).isZero();
        }

        @Test
        void isFreedByTheTimeLimitOfAQueryThatNobodyWaitsForAnyMore() {
            Reply hungUp = askOne();
            loop.turn();
            hungUp.cancel();
            loop.pass(2000);
            assertThat(lookup.queriesInFlight()).isZero();
        }

        @Test
        void isFreedAtOnceByAQueryThatCannotBeMade() {
            RuntimeException noClient = new IllegalStateException("no client");
            lookup = Limits.over(
                    ids -> {
                        throw noClient;
                    },
                    Limits.STANDARD,
                    VERTX);
            Reply reply = askOne();
            loop.turn();
            assertThat(reply.failure()).isSameAs(noClient);
            assertThat(lookup.queriesInFlight()).isZero();
        }

        @Test
        void isFreedByAnAnswerThatIsThereAtOnce() {
            lookup = Limits.over(ids -> Uni.createFrom().item(Map.of()), Limits.STANDARD, VERTX);
            Reply reply = askOne();
            loop.turn();
            assertThat(reply.outcomes()).isEqualTo(1);
            assertThat(lookup.queriesInFlight()).isZero();
        }

        @Test
        void isFreedByAFailureThatIsThereAtOnce() {
            lookup = Limits.over(ids -> Uni.createFrom().failure(new IllegalStateException()), Limits.STANDARD, VERTX);
            List<Reply> replies = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                replies.add(askOne());
                loop.turn();
            }
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(reply.failure()).isInstanceOf(IllegalStateException.class));
            assertThat(lookup.queriesInFlight()).isZero();
        }

        @Test
        void survivesAWindowAsShortAsItCanBe() {
            lookup = lookup(new BatchLimits(1, Duration.ofSeconds(2), 1_000, 500_000, Duration.ofMillis(1)));
            Reply hung = askOne();
            loop.turn();
            Reply next = askOne();
            loop.pass(2000);
            assertThat(hung.failure()).isInstanceOf(Failure.class).hasMessageContaining("time limit");
            loop.turn();
            source.query(1).answer();
            assertThat(next.outcomes()).isEqualTo(1);
        }
    }
}
