package dk.telecomx.pbx.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The id of a request, the caller's if it is well-formed: in the response, and in each line of the log (contract, section 6). */
final class RequestId {

    private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String MDC_KEY = "requestId";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {}

    static void assign(RoutingContext context) {
        String id = of(context.request().getHeader(HEADER));
        MDC.put(MDC_KEY, id);
        context.response().putHeader(HEADER, id);
    }

    static boolean isAssigned(RoutingContext context) {
        return context.response().headers().contains(HEADER);
    }

    static String of(@Nullable String sent) {
        return sent != null && WELL_FORMED.matcher(sent).matches() ? sent : random();
    }

    /** Unique but not secret, so no request waits for the secure generator. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
