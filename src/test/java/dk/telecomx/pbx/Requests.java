package dk.telecomx.pbx;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import org.bson.types.ObjectId;

/** Requests to the service under test, sent as they are written; each answer is held against the service's description of itself. */
public final class Requests {

    private Requests() {}

    /** A request without credentials. */
    public static RequestSpecification anonymous() {
        return given().urlEncodingEnabled(false).filter(OpenApi.ofTheService());
    }

    /** A request with that token. */
    public static RequestSpecification with(String token) {
        return anonymous().header("Authorization", "Bearer " + token);
    }

    /** A request with that token, signed. */
    public static RequestSpecification with(Token token) {
        return with(token.signed());
    }

    /** A request of somebody who may read everything. */
    public static RequestSpecification asAdmin() {
        return with(Token.of("ADMIN"));
    }

    /** A request of a viewer of that customer. */
    public static RequestSpecification asViewerOf(ObjectId customer) {
        return with(Token.of("VIEWER").customer(customer));
    }

    /** The path of a group. */
    public static String group(ObjectId id) {
        return "/pbx/group/" + id.toHexString();
    }

    /** The body of an error, to the letter. */
    public static String error(int status, String code, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"code\":\"" + code + "\",\"status\":" + status + "}}";
    }

    /** The answer to a GET by somebody who may read everything. */
    public static Response get(String path) {
        return asAdmin().get(path);
    }

    /** Where that path is, for a client other than REST Assured. */
    public static URI uri(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }
}
