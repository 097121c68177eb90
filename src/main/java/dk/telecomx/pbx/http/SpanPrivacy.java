package dk.telecomx.pbx.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/** Redacts what a caller may put into a span besides path and Host: the query, and the client's address, which may come from forwarded headers. */
@Singleton
class SpanPrivacy implements SpanProcessor {

    private static final List<AttributeKey<String>> CALLER_CONTROLLED =
            List.of(AttributeKey.stringKey("url.query"), AttributeKey.stringKey("client.address"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> attribute : CALLER_CONTROLLED) {
            if (span.getAttribute(attribute) != null) {
                span.setAttribute(attribute, "REDACTED");
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
