package consumer;

import client.ApiClient;
import client.api.GroupApi;
import client.model.ApiError;
import client.model.ErrorCode;
import client.model.ErrorDetails;
import client.model.GotoRef;
import client.model.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClientResponseException;

final class Consumer {

    private static final GroupApi API = api(env("TOKEN"));

    private Consumer() {}

    public static void main(String[] arguments) {
        for (boolean extensions : new boolean[] {false, true}) {
            for (boolean goTo : new boolean[] {false, true}) {
                reads(extensions, goTo);
            }
        }
        equal(read(env("GROUP_WITHOUT_GOTO"), false, true).getTimeoutGoto(), null);
        IdOrGoto target = read(env("GROUP_WITH_LOST_GOTO"), false, true).getTimeoutGoto();
        GotoRef lost = ((IdOrGoto.Goto) target).value();
        equal(Arrays.asList(lost.getType(), lost.getNumber(), lost.getName()), Arrays.asList(null, null, null));

        refused("x", API, 400, ErrorCode.BAD_REQUEST);
        refused(env("GROUP"), api(null), 401, ErrorCode.CREDENTIALS_INVALID);
        refused(env("GROUP"), api(env("EXPIRED_TOKEN")), 401, ErrorCode.EXPIRED);
        refused(env("GROUP"), api(env("PERSONAL_TOKEN")), 403, ErrorCode.ACCESS_DENIED);
        refused(env("FOREIGN_GROUP"), API, 403, ErrorCode.ACCESS_DENIED);
        refused(env("NO_GROUP"), API, 404, ErrorCode.NOT_FOUND);

        String etag = ask(null, false).getHeaders().getETag();
        ResponseEntity<Group> again = ask(etag, false);
        equal(again.getStatusCode(), HttpStatus.NOT_MODIFIED);
        equal(again.getBody(), null);
        equal(ask(etag, true).getStatusCode(), HttpStatus.OK);
    }

    private static void reads(boolean extensions, boolean goTo) {
        Group group = read(env("GROUP"), extensions, goTo);
        equal(List.of(group.getName(), group.getStrategy(), group.getRingTime(), group.getPickup()),
                List.of("Sales", Group.StrategyEnum.SEQUENTIAL, 30L, true));
        equal(group.getMembers().size(), 3);
        List<String> names = new ArrayList<>();
        for (IdOrExtension member : group.getMembers()) {
            equal(member instanceof IdOrExtension.Id, !extensions);
            if (member instanceof IdOrExtension.Extension extension) {
                names.add(extension.value().getName());
            }
        }
        equal(names, extensions ? Arrays.asList("Reception", "Back office", null) : List.of());
        equal(group.getControllers().get(0) instanceof IdOrExtension.Extension, extensions);
        equal(group.getTimeoutGoto() instanceof IdOrGoto.Id, !goTo);
        if (group.getTimeoutGoto() instanceof IdOrGoto.Goto reference) {
            equal(List.of(reference.value().getType(), reference.value().getName()), List.of("QUEUE", "Night"));
        }
    }

    private static GroupApi api(String token) {
        ApiClient client = new ApiClient().setBasePath(env("BASE_URL"));
        if (token != null) {
            client.setBearerToken(token);
        }
        return new GroupApi(client);
    }

    private static Group read(String id, boolean extensions, boolean goTo) {
        return API.getGroup(id, extensions, goTo, null, null).block();
    }

    private static ResponseEntity<Group> ask(String etag, boolean goTo) {
        return API.getGroupWithHttpInfo(env("GROUP"), false, goTo, etag, null).block();
    }

    private static void refused(String id, GroupApi api, int status, ErrorCode code) {
        try {
            api.getGroup(id, null, null, null, null).block();
        } catch (WebClientResponseException refusal) {
            ErrorDetails error = refusal.getResponseBodyAs(ApiError.class).getError();
            equal(List.of(error.getStatus(), error.getCode()), List.of(status, code));
            return;
        }
        throw new AssertionError("not refused: " + id);
    }

    private static void equal(Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(actual + " is not " + expected);
        }
    }

    private static String env(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
