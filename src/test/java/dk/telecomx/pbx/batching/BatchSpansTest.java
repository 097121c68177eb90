package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.error.Failure;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchSpansTest {

    private final Vertx vertx = Vertx.vertx();
    private final VirtualLoop loop = new VirtualLoop(vertx);
    private final ManualSource source = new ManualSource();
    private final List<String> running = new ArrayList<>();
    private final SdkTracerProvider traces =
            SdkTracerProvider.builder().addSpanProcessor(new Running()).build();
    private final BatchLoader<UUID, String> lookup = new BatchLoader<>(
            source::find,
            new BatchLimits(1, Duration.ofSeconds(2), 1_000, 1, Duration.ofMillis(5)),
            new BatchSpans("thing", traces.get("test")),
            vertx);

    @AfterEach
    void stop() {
        traces.close();
        vertx.close();
    }

    @Test
    void endWithWhatTheyStandFor() {
        Reply sent = Reply.to(lookup, loop, Reply.ids(2));
        loop.turn();
        assertThat(running).containsExactly("look up thing", "find thing");

        source.query(0).answer();

        assertThat(sent.outcomes()).isEqualTo(1);
        assertThat(running).isEmpty();
    }

    /** A refused lookup's span once never ended, and its trace had none. */
    @Test
    void endWithARefusedLookup() {
        Reply.to(lookup, loop, Reply.ids(2));
        loop.turn();
        Reply waiting = Reply.to(lookup, loop, Reply.ids(2));

        assertThat(Reply.to(lookup, loop, Reply.ids(2)).failure()).isSameAs(Failure.OVERLOADED);

        assertThat(running).containsExactlyInAnyOrder("look up thing", "find thing", "look up thing");
        assertThat(waiting.outcomes()).isZero();
    }

    /** Notes the names of the spans that have begun and not ended. */
    private final class Running implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            running.add(span.getName());
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            running.remove(span.getName());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
