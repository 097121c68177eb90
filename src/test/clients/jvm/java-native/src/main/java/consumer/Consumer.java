package consumer;

import client.ApiClient;
import client.ApiException;
import client.ApiResponse;
import client.api.GroupApi;
import client.model.ApiError;
import client.model.ErrorCode;
import client.model.ExtensionRef;
import client.model.GotoRef;
import client.model.Group;
import client.model.IdOrExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

final class Consumer {

    private static final GroupApi API = api(env("TOKEN"));

    private Consumer() {}

    public static void main(String[] arguments) throws ApiException, IOException {
        for (boolean extensions : new boolean[] {false, true}) {
            for (boolean goTo : new boolean[] {false, true}) {
                reads(extensions, goTo);
            }
        }
        equal(read(env("GROUP_WITHOUT_GOTO"), false, true).getTimeoutGoto(), null);
        GotoRef lost = read(env("GROUP_WITH_LOST_GOTO"), false, true).getTimeoutGoto().getGotoRef();
        equal(Arrays.asList(lost.getType(), lost.getNumber(), lost.getName()), Arrays.asList(null, null, null));

        refused("x", API, 400, ErrorCode.BAD_REQUEST);
        refused(env("GROUP"), api(null), 401, ErrorCode.CREDENTIALS_INVALID);
        refused(env("GROUP"), api(env("EXPIRED_TOKEN")), 401, ErrorCode.EXPIRED);
        refused(env("GROUP"), api(env("PERSONAL_TOKEN")), 403, ErrorCode.ACCESS_DENIED);
        refused(env("FOREIGN_GROUP"), API, 403, ErrorCode.ACCESS_DENIED);
        refused(env("NO_GROUP"), API, 404, ErrorCode.NOT_FOUND);

        ApiResponse<Group> first = API.getGroupWithHttpInfo(env("GROUP"), false, false, null, null);
        String etag = first.getHeaders().get("etag").get(0);
        try {
            API.getGroup(env("GROUP"), false, false, etag, null);
            throw new AssertionError("no 304");
        } catch (ApiException unchanged) {
            equal(unchanged.getCode(), 304);
        }
        API.getGroup(env("GROUP"), false, true, etag, null);
    }

    private static void reads(boolean extensions, boolean goTo) throws ApiException {
        Group group = read(env("GROUP"), extensions, goTo);
        equal(List.of(group.getName(), group.getStrategy(), group.getRingTime(), group.getPickup()),
                List.of("Sales", Group.StrategyEnum.SEQUENTIAL, 30L, true));
        equal(group.getMembers().size(), 3);
        List<String> names = new ArrayList<>();
        for (IdOrExtension member : group.getMembers()) {
            equal(member.getActualInstance() instanceof String, !extensions);
            if (member.getActualInstance() instanceof ExtensionRef extension) {
                names.add(extension.getName());
            }
        }
        equal(names, extensions ? Arrays.asList("Reception", "Back office", null) : List.of());
        equal(group.getControllers().get(0).getActualInstance() instanceof ExtensionRef, extensions);
        Object target = group.getTimeoutGoto().getActualInstance();
        equal(target instanceof String, !goTo);
        if (target instanceof GotoRef reference) {
            equal(List.of(reference.getType(), reference.getName()), List.of("QUEUE", "Night"));
        }
    }

    private static GroupApi api(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(env("BASE_URL"));
        if (token != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return new GroupApi(client);
    }

    private static Group read(String id, boolean extensions, boolean goTo) throws ApiException {
        return API.getGroup(id, extensions, goTo, null, null);
    }

    private static void refused(String id, GroupApi api, int status, ErrorCode code) throws IOException {
        try {
            api.getGroup(id, null, null, null, null);
        } catch (ApiException refusal) {
            ApiError error = ApiClient.createDefaultObjectMapper().readValue(refusal.getResponseBody(), ApiError.class);
            equal(List.of(error.getError().getStatus(), error.getError().getCode()), List.of(status, code));
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
