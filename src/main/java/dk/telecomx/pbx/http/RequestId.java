package dk.telecomx.pbx.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Gives every request an id, the caller's where it is a proper one: in the answer, and in each line of the log (contract, section 6). */
@Singleton
class RequestId {

    static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String IN_LOGS = "requestId";
    private static final int MAX_LENGTH = 128;

    void register(@Observes Filters filters) {
        filters.register(RequestId::handle, Priorities.REQUEST_ID);
    }

    private static void handle(RoutingContext context) {
        String id = of(context.request().getHeader(HEADER));
        MDC.put(IN_LOGS, id);
        context.response().putHeader(HEADER, id);
        context.next();
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
