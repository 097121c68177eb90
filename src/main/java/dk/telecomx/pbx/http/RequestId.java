package dk.telecomx.pbx.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The id of a request, the caller's where it is a proper one: in the answer, and in each line of the log (contract, section 6). */
final class RequestId {

    private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String IN_LOGS = "requestId";
    private static final int MAX_LENGTH = 128;

    private RequestId() {}

    static void give(RoutingContext context) {
        String id = of(context.request().getHeader(HEADER));
        MDC.put(IN_LOGS, id);
        context.response().putHeader(HEADER, id);
    }

    static boolean isGiven(RoutingContext context) {
        return context.response().headers().contains(HEADER);
    }

    /** Makes the id that was given the caller's own, for when the request is routed anew. */
    static void handOn(RoutingContext context) {
        context.request().headers().set(HEADER, context.response().headers().get(HEADER));
    }

    static String of(@Nullable String sent) {
        return sent != null && isProper(sent) ? sent : random();
    }

    private static boolean isProper(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RequestId::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }

    /** Unique, not secret: so no request waits for the secure generator. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
