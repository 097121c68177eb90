package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.batching.PlainBatchLoaders;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import dk.telecomx.pbx.mongo.PlainClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is expanded, and by how many queries: on a real wire to a database, without the framework, so that mutants can be tried on it. */
class PlainExpansionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Vertx VERTX = Vertx.vertx();
    private static final FixtureDatabase DATABASE = new FixtureDatabase();
    private static final PlainClient CLIENT = new PlainClient(DATABASE.connection(), new DialplanItem.Codec());

    private static final List<ObjectId> NOBODY = List.of();
    private static final List<ObjectId> ANNA = List.of(Fixtures.ANNA);

    @AfterAll
    static void stop() {
        CLIENT.close();
        DATABASE.close();
        VERTX.close();
    }

    static Stream<Arguments> cases() {
        ExpandOptions nothing = new ExpandOptions(false, false);
        ExpandOptions extensions = new ExpandOptions(true, false);
        ExpandOptions target = new ExpandOptions(false, true);
        ExpandOptions both = new ExpandOptions(true, true);
        return Stream.of(
                arguments("nothing", group(ANNA, ANNA, Fixtures.QUEUE), nothing, "[Anna-] [Anna-] Queue-", 0),
                arguments("extensions", group(ANNA, ANNA, Fixtures.QUEUE), extensions, "[Anna+] [Anna+] Queue-", 1),
                arguments("members alone", group(ANNA, NOBODY, null), extensions, "[Anna+] [] null", 1),
                arguments("controllers alone", group(NOBODY, ANNA, null), extensions, "[] [Anna+] null", 1),
                arguments(
                        "again and again, in their order",
                        group(
                                List.of(Fixtures.BO, Fixtures.ANNA, Fixtures.BO),
                                List.of(Fixtures.ANNA, Fixtures.BO),
                                null),
                        extensions,
                        "[Bo+, Anna+, Bo+] [Anna+, Bo+] null",
                        1),
                arguments("nobody", group(NOBODY, NOBODY, Fixtures.QUEUE), extensions, "[] [] Queue-", 0),
                arguments("the goto", group(ANNA, ANNA, Fixtures.QUEUE), target, "[Anna-] [Anna-] Queue+", 1),
                arguments("no goto", group(ANNA, ANNA, null), target, "[Anna-] [Anna-] null", 0),
                arguments(
                        "both, at once",
                        group(ANNA, List.of(Fixtures.BO), Fixtures.QUEUE),
                        both,
                        "[Anna+] [Bo+] Queue+",
                        1),
                arguments(
                        "what resolves to nothing",
                        group(
                                List.of(Fixtures.STRANGER, Fixtures.QUEUE, Fixtures.GONE, Fixtures.ANNA),
                                NOBODY,
                                Fixtures.STRANGER),
                        both,
                        "[none, none, none, Anna+] [] none",
                        1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void expandsWhatIsWantedAndAsksForNothingElse(
            String what, DialplanItem group, ExpandOptions wanted, String shown, double queries) {
        MeterRegistry metrics = new SimpleMeterRegistry();
        Expansion expansion = new Expansion(PlainDialplan.of(
                PlainBatchLoaders.on(VERTX, metrics),
                metrics,
                CLIENT.collection(DATABASE.name(), "PbxDialplans", DialplanItem.class)));

        // On an event loop, as ever: what one turn of it asks for is asked together.
        CompletableFuture<GroupView> answer = new CompletableFuture<>();
        VERTX.getOrCreateContext().runOnContext(turn -> expansion
                .expand(group, wanted)
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
        GroupView view =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(said(view.members()) + " " + said(view.controllers()) + " " + said(view.timeoutGoto()))
                .isEqualTo(shown);
        assertThat(metrics.get("pbx.lookup.queries").counter().count()).isEqualTo(queries);
    }

    private static DialplanItem group(List<ObjectId> members, List<ObjectId> controllers, @Nullable ObjectId target) {
        return Groups.of(Fixtures.SUPPORT, Fixtures.ACME, members, controllers, target);
    }

    private static String said(List<Reference> references) {
        return references.stream().map(PlainExpansionTest::said).toList().toString();
    }

    /** Who it is, with a plus where it is expanded. */
    private static String said(@Nullable Reference reference) {
        if (reference == null) {
            return "null";
        }
        if (reference instanceof Reference.Extension extension) {
            return extension.name() == null ? "none" : extension.name() + "+";
        }
        if (reference instanceof Reference.Goto target) {
            return "QUEUE".equals(target.type()) ? "Queue+" : "none";
        }
        return reference.equals(Reference.Id.of(Fixtures.QUEUE)) ? "Queue-" : "Anna-";
    }
}
