package dk.telecomx.pbx.batching;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The spans of look-ups: one for each that waits, in its request's trace; and one for each query, which may serve several requests. It
 * stands in the trace of the first that is recorded, and links lead from it to all it serves and back.
 */
final class BatchSpans {

    /** Spans that nobody records. */
    static final BatchSpans NONE = new BatchSpans(null, "");

    private final @Nullable Tracer tracer;
    private final String kind;

    private BatchSpans(@Nullable Tracer tracer, String kind) {
        this.tracer = tracer;
        this.kind = kind;
    }

    /** The spans of one kind of look-ups. */
    static BatchSpans of(String kind, OpenTelemetry telemetry) {
        return new BatchSpans(telemetry.getTracer("dk.telecomx.pbx.lookup"), kind);
    }

    /** A look-up has begun, in the request that is current. */
    Span lookup() {
        return tracer == null
                ? Span.getInvalid()
                : tracer.spanBuilder("look up " + kind).startSpan();
    }

    /** A query has begun, for these look-ups. It is recorded if one of them is. */
    Span query(Iterable<Span> lookups, int ids) {
        if (tracer == null) {
            return Span.getInvalid();
        }
        Span first = firstRecorded(lookups);
        if (first == null) {
            return Span.getInvalid();
        }
        SpanBuilder builder = tracer.spanBuilder("find " + kind)
                .setParent(Context.root().with(first))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("db.system.name", "mongodb")
                .setAttribute("db.operation.name", "find")
                .setAttribute("db.operation.batch.size", (long) ids);
        lookups.forEach(lookup -> builder.addLink(lookup.getSpanContext()));
        Span query = builder.startSpan();
        lookups.forEach(lookup -> lookup.addLink(query.getSpanContext()));
        return query;
    }

    private static @Nullable Span firstRecorded(Iterable<Span> lookups) {
        for (Span lookup : lookups) {
            if (lookup.getSpanContext().isSampled()) {
                return lookup;
            }
        }
        return null;
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
