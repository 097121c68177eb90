package dk.telecomx.pbx.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps out of traces what a caller writes there unasked: a query, with tokens and names in it; and where it says it is, since the framework
 * takes that from anybody's forwarded headers.
 */
@Singleton
class SpanPrivacy implements SpanProcessor {

    private static final List<AttributeKey<String>> TOLD_BY_CALLERS =
            List.of(AttributeKey.stringKey("url.query"), AttributeKey.stringKey("client.address"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> told : TOLD_BY_CALLERS) {
            if (span.getAttribute(told) != null) {
                span.setAttribute(told, "REDACTED");
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
