package dk.telecomx.pbx.batching;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spans of lookups: one for each that waits, in its request's trace; and one for each query, which may serve several requests. It
 * stands in the trace of the first that is recorded, and links lead from it to all it serves and back.
 */
record BatchSpans(String kind, Tracer tracer) {

    /** A lookup has begun, in the request that is current. */
    Span lookup() {
        return tracer.spanBuilder("look up " + kind).startSpan();
    }

    /** The query of this batch has begun. It is recorded if one of the lookups is. */
    Span query(Batch<?, ?> batch) {
        Optional<Span> recorded = batch.lookups.stream()
                .map(PendingLookup::span)
                .filter(lookup -> lookup.getSpanContext().isSampled())
                .findFirst();
        if (recorded.isEmpty()) {
            return Span.getInvalid();
        }
        SpanBuilder builder = tracer.spanBuilder("find " + kind)
                .setParent(Context.root().with(recorded.get()))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("db.system.name", "mongodb")
                .setAttribute("db.operation.name", "find")
                .setAttribute("db.operation.batch.size", (long) batch.keys.size());
        batch.lookups.forEach(lookup -> builder.addLink(lookup.span().getSpanContext()));
        Span query = builder.startSpan();
        batch.lookups.forEach(lookup -> lookup.span().addLink(query.getSpanContext()));
        return query;
    }

    /** What a span stands for has ended; of a failure it says the type alone. */
    static void end(Span span, @Nullable Throwable failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", failure.getClass().getName());
        }
        span.end();
    }
}
