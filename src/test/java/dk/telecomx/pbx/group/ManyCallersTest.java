package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.Database;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ManyCallersTest {

    private static final int REQUESTS = 6_000;
    /** Enough to share queries; so few that a cold service beside other work answers each in its time. */
    private static final int AT_ONCE = 100;

    /** A request, and the only answer its caller must get. */
    private record Question(String path, String token, int status, String body) {}

    @Test
    void givesEachCallerItsOwnAnswer() throws InterruptedException {
        List<Question> questions = questions();
        Random random = new Random(20_261_123);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore room = new Semaphore(AT_ONCE);
        List<CompletableFuture<String>> outcomes = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Question question = questions.get(random.nextInt(questions.size()));
            String requestId = "mixed." + i;
            room.acquire();
            outcomes.add(client.sendAsync(request(question, requestId), BodyHandlers.ofString())
                    .whenComplete((response, failure) -> room.release())
                    .thenApply(response -> outcome(question, requestId, response)));
        }

        assertThat(outcomes.stream().map(CompletableFuture::join)).containsOnly("as it must be");
    }

    private static HttpRequest request(Question question, String requestId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Requests.uri(question.path()))
                .timeout(Duration.ofMillis(TimeUnit.MINUTES.toMillis(1)))
                .header("X-Request-Id", requestId);
        if (!question.token().isEmpty()) {
            request.header("Authorization", "Bearer " + question.token());
        }
        return request.build();
    }

    private static String outcome(Question question, String requestId, HttpResponse<String> response) {
        boolean right = response.statusCode() == question.status()
                && response.body().equals(question.body())
                && response.headers().allValues("X-Request-Id").equals(List.of(requestId));
        return right
                ? "as it must be"
                : question + " was " + response + " " + response.headers().map() + response.body();
    }

    /** Every caller with every group, plain and expanded; what must come is computed, not asked for. */
    private static List<Question> questions() {
        List<ObjectId> customers = new ArrayList<>();
        List<ObjectId> groups = new ArrayList<>();
        List<String> extensions = new ArrayList<>();
        List<ObjectId> members = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ObjectId customer = Database.putCustomer(
                    Fixtures.customer(Fixtures.newId(), i % 2 == 0 ? Fixtures.NORDIC : Fixtures.BALTIC));
            ObjectId member = Database.put(Fixtures.extension(Fixtures.newId(), customer, "10" + i, "Member of " + i));
            customers.add(customer);
            members.add(member);
            extensions.add("{\"_id\":\"" + member + "\",\"number\":\"10" + i + "\",\"name\":\"Member of " + i + "\"}");
            groups.add(Database.put(Fixtures.group(Fixtures.newId(), customer)
                    .append("name", "Group " + i)
                    .append("members", List.of(member))));
        }
        String admin = Token.of("ADMIN").signed();
        String nordic = Token.of("RESELLER").customer(Fixtures.NORDIC).signed();
        String baltic = Token.of("RESELLER").customer(Fixtures.BALTIC).signed();
        String denied = Requests.error(403, "access_denied", "Insufficient access level");
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            String viewer = Token.of("VIEWER").customer(customers.get(i)).signed();
            String person = Token.of("PERSONAL").customer(customers.get(i)).signed();
            String path = Requests.group(groups.get(i));
            String plain = group(groups.get(i), customers.get(i), i, "\"" + members.get(i) + "\"");
            String expanded = group(groups.get(i), customers.get(i), i, extensions.get(i));
            String other = Requests.group(groups.get((i + 1) % groups.size()));
            questions.add(new Question(path, viewer, 200, plain));
            questions.add(new Question(path + "?expandExtension=true", viewer, 200, expanded));
            questions.add(new Question(path, admin, 200, plain));
            questions.add(new Question(path + "?expandExtension=true&expandGoto=true", admin, 200, expanded));
            questions.add(new Question(path, i % 2 == 0 ? nordic : baltic, 200, plain));
            questions.add(new Question(path, i % 2 == 0 ? baltic : nordic, 403, denied));
            questions.add(new Question(other, viewer, 403, denied));
            questions.add(new Question(other + "?expandExtension=true", viewer, 403, denied));
            questions.add(new Question(path, person, 403, denied));
            questions.add(new Question(
                    path, "", 401, Requests.error(401, "credentials_invalid", "Authorization required, please login")));
            questions.add(
                    new Question(path, viewer + "x", 401, Requests.error(401, "invalid_token", "Undecipherable")));
        }
        questions.add(new Question(
                Requests.group(Fixtures.GONE), admin, 404, Requests.error(404, "not_found", "Group not found")));
        questions.add(new Question(
                "/pbx/group/x", admin, 400, Requests.error(400, "bad_request", "Id not found in requestURI")));
        return questions;
    }

    private static String group(ObjectId id, ObjectId customer, int number, String member) {
        return "{\"_id\":\"" + id + "\",\"type\":\"GROUP\",\"customer\":\"" + customer + "\",\"name\":\"Group " + number
                + "\",\"number\":null,\"startAudio\":null,\"redirect\":null,\"notes\":null,\"members\":[" + member
                + "],\"controllers\":[],\"pickup\":false,\"steal\":false,\"spy\":false,\"setPresence\":false,"
                + "\"queueMember\":false,\"viewOtherParty\":false,\"sms\":false,\"readCalendar\":false,"
                + "\"writeCalendar\":false,\"readPhonebook\":false,\"writePhonebook\":false,\"strategy\":\"ALL\","
                + "\"ringTime\":0,\"timeoutGoto\":null}";
    }
}
