package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.Keys;
import dk.telecomx.pbx.Requests;
import dk.telecomx.pbx.TestIssuer;
import dk.telecomx.pbx.Token;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokensTest {

    private static final String GROUP = Requests.group(Fixtures.SUPPORT);

    @Test
    void asksForATokenWhereThereIsNone() {
        refuses(Requests.anonymous(), "no header", "credentials_invalid", "Authorization required, please login", "");
        refuses(
                Requests.anonymous().queryParam("access_token", good().signed()),
                "in the query",
                "credentials_invalid",
                "Authorization required, please login",
                "");
        refuses(
                Requests.anonymous().cookie("Bearer", good().signed()),
                "in a cookie",
                "credentials_invalid",
                "Authorization required, please login",
                "");
    }

    @Test
    void explainsTheHeaderWhereItIsMalformed() {
        String token = good().signed();
        for (String header : List.of(
                "",
                "Bearer",
                "Bearer ",
                "Basic dXNlcjpwYXNz",
                "Digest " + token,
                token,
                "Bearer" + token,
                "Bearer a b",
                "Bearer " + token + " x",
                "Negotiate",
                "JWT " + token,
                "Bearer: " + token)) {
            formatError(Requests.anonymous().header("Authorization", header), header);
        }
        formatError(
                Requests.anonymous().header("Authorization", "Bearer " + token, "Bearer " + token), "repeated header");
        formatError(Requests.anonymous().header("Authorization", "Bearer " + token, "Basic x"), "two schemes");
    }

    @Test
    void acceptsTheSchemeInAnyCase() {
        for (String scheme : List.of("Bearer", "bearer", "BEARER", "bEARER")) {
            Requests.anonymous()
                    .header("Authorization", scheme + " " + good().signed())
                    .get(GROUP)
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void saysOfAGenuineTokenThatItHasExpired() {
        expired(good().withTime("exp", -11), "just past the skew");
        expired(good().withTime("exp", -86_400), "yesterday");
        expired(good().withTime("exp", -60).withTime("nbf", -120), "with nbf");
        expired(good().with("exp", 0), "at the epoch");
    }

    @Test
    void allowsForTheClockSkew() {
        accepts(good().withTime("iat", -60).withTime("exp", -4), "expired, inside the skew");
        accepts(good().withTime("nbf", 5), "not yet valid, inside the skew");
        undecipherable(good().withTime("nbf", 25).signed(), "not yet valid, outside the skew");
    }

    @Test
    void refusesATokenThatExpiresWhileItIsInUse() {
        // Four seconds are left of the skew: the token is good at first, and is not once they have passed.
        String token = good().withTime("iat", -60).withTime("exp", -6).signed();
        Requests.with(token).get(GROUP).then().statusCode(200);

        Await.until(
                "the token is refused, in less time than a skew counted twice would give it",
                Duration.ofSeconds(9),
                () -> Requests.with(token).get(GROUP).statusCode() == 401);

        Requests.with(token).get(GROUP).then().body("error.code", is("expired"));
    }

    @Test
    void refusesWhatElseIsWrongWithAToken() {
        Keys other = Keys.rsa(null);
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("no token at all", "x");
        tokens.put("two dots", "..");
        tokens.put("no JSON", "YQ.YQ.YQ");
        tokens.put("four parts", good().signed() + ".x");
        tokens.put("two parts", good().content());
        tokens.put(
                "another issuer",
                good().with("iss", "https://login.evil.example").signed());
        tokens.put(
                "the issuer with a slash",
                good().with("iss", TestIssuer.NAME + "/").signed());
        tokens.put(
                "a list of issuers",
                good().with("iss", List.of(TestIssuer.NAME)).signed());
        tokens.put("no issuer", good().without("iss").signed());
        tokens.put("another key", good().signedBy(other.privateKey()));
        tokens.put("another key, expired", good().withTime("exp", -60).signedBy(other.privateKey()));
        tokens.put(
                "another issuer, expired",
                good().with("iss", "x").withTime("exp", -60).signed());
        tokens.put("no expiry", good().without("exp").signed());
        tokens.put("null for expiry", good().with("exp", null).signed());
        tokens.put("a string for expiry", good().with("exp", "4000000000").signed());
        tokens.put("no subject", good().without("sub").signed());
        tokens.put("an empty subject", good().with("sub", "").signed());
        tokens.put("a number for a subject", good().with("sub", 5).signed());
        tokens.put(
                "no subject, expired",
                good().without("sub").withTime("exp", -60).signed());
        tokens.put("cut signature", cut(good().signed(), 4));
        tokens.put("signature cut off", good().content() + ".");
        tokens.put("one bit of the signature", flippedSignature());
        tokens.put("tampered payload", tampered());
        for (String odd : List.of("!", ",", ";", "=", "==", "~")) {
            tokens.put("good, with " + odd + " behind it", good().signed() + odd);
            tokens.put("good, with " + odd + " in its signature", withinSignature(odd));
        }
        tokens.put(
                "HS256 by the public key, encoded", hmac(TestIssuer.publicKey().getEncoded()));
        tokens.put("HS256 by the public key, PEM", hmac(TestIssuer.pem().getBytes(UTF_8)));
        tokens.put(
                "another RSA algorithm",
                good().header("alg", "RS384")
                        .signed("SHA384withRSA", Keys.rsa(null).privateKey()));
        tokens.put("RS512 by the right key", withAlgorithm("RS512"));
        tokens.put("no algorithm", withoutAlgorithm());
        tokens.put(
                "an embedded key",
                good().header("jwk", other.full().toParams(OutputControlLevel.PUBLIC_ONLY))
                        .signedBy(other.privateKey()));
        tokens.put(
                "an embedded key's address",
                good().header("jku", "https://evil.example/keys").signedBy(other.privateKey()));
        tokens.put(
                "a critical extension nobody knows",
                good().header("crit", List.of("tenant")).header("tenant", "x").signed());
        for (String none : List.of("none", "None", "NONE", "nOnE", "", "null")) {
            tokens.put("alg " + none + ", unsigned", good().header("alg", none).unsigned());
            tokens.put("alg " + none + ", signed", good().header("alg", none).signed());
        }
        tokens.put("alg null", good().header("alg", null).unsigned());
        tokens.forEach((what, token) -> undecipherable(token, what));
    }

    @Test
    void acceptsEachNameOfASubject() {
        accepts(good().without("sub").with("upn", "anna"), "upn");
        accepts(good().without("sub").with("preferred_username", "anna"), "preferred_username");
        accepts(good(), "sub");
    }

    @Test
    void acceptsAKeyIdThatNamesNoKey() {
        // A PEM key has no id: whatever the token's says, it only chooses among the configured keys.
        accepts(good().header("kid", "some-key"), "kid");
    }

    @Test
    void asksNoAudienceWhereNoneIsConfigured() {
        accepts(good().with("aud", "another-service"), "an audience");
        accepts(good().with("aud", List.of("a", "b")), "two audiences");
    }

    @Test
    void grantsNothingForOddLevels() {
        Map<String, @Nullable Object> groups = new LinkedHashMap<>();
        groups.put("a string", "VIEWER");
        groups.put("a string of two", "VIEWER ADMIN");
        groups.put("a number", 5);
        groups.put("an object", Map.of("VIEWER", true));
        groups.put("a boolean", true);
        groups.put("null", null);
        groups.put("an empty list", List.of());
        groups.put("a list in a list", List.of(List.of("ADMIN")));
        groups.put("lower case", List.of("admin", "viewer"));
        groups.forEach((what, value) -> denied(good().with("groups", value), what));
        denied(good().without("groups"), "no groups");
        denied(good().without("groups").with("roleMappings", Map.of("x", "ADMIN")), "roleMappings");
        denied(
                Token.of("x").customer(Fixtures.ACME).with("roleMappings", Map.of("x", "ADMIN")),
                "roleMappings of a group");
        denied(good().without("groups").with("roles", List.of("ADMIN")).with("scope", "ADMIN"), "roles and scope");
        denied(
                good().without("groups").with("realm_access", Map.of("roles", List.of("ADMIN"))),
                "another product's roles");
    }

    @Test
    void takesTheStringsOfAMixedList() {
        accepts(good().with("groups", Arrays.asList(5, null, "VIEWER", Map.of(), true)), "a mixed list");
    }

    @Test
    void allowsWhatAnyOfSeveralLevelsAllows() {
        accepts(Token.of("PERSONAL", "VIEWER").customer(Fixtures.ACME), "PERSONAL and VIEWER");
        accepts(Token.of("NO_LOGIN", "ADMIN"), "NO_LOGIN and ADMIN");
        accepts(
                Token.of("VIEWER", "RESELLER").customer(Fixtures.BAKER).reseller(Fixtures.NORDIC),
                "VIEWER and RESELLER");
        denied(Token.of("PERSONAL", "RESELLER_ADMIN").customer(Fixtures.ACME), "two that never can");
    }

    @Test
    void takesOddIdsForNone() {
        Map<String, @Nullable Object> odd = new LinkedHashMap<>();
        String acme = Fixtures.ACME.toHexString();
        odd.put("an object", Map.of("$oid", acme));
        odd.put("a list", List.of(acme));
        odd.put("null", null);
        odd.put("a number", 5);
        odd.put("a boolean", true);
        odd.put("too short", acme.substring(1));
        odd.put("blanks", " " + acme);
        odd.put("empty", "");
        odd.forEach((what, value) -> {
            denied(good().with("customer", value), "customer: " + what);
            denied(Token.of("RESELLER").customer(Fixtures.NORDIC).with("reseller", value), "reseller: " + what);
        });
        denied(good().without("customer"), "no customer");
    }

    @Test
    void readsAnIdInEitherCase() {
        accepts(good().with("customer", Fixtures.ACME.toHexString().toUpperCase(Locale.ROOT)), "upper case");
    }

    @Test
    void forgetsNoCallerForAnother() {
        String mine = good().signed();
        String theirs = Token.of("VIEWER").customer(Fixtures.BAKER).signed();
        for (int i = 0; i < 3; i++) {
            Requests.with(mine).get(GROUP).then().statusCode(200);
            Requests.with(theirs).get(GROUP).then().statusCode(403);
        }
    }

    private static Token good() {
        return Token.of("VIEWER").customer(Fixtures.ACME);
    }

    private static void accepts(Token token, String what) {
        assertThat(Requests.with(token).get(GROUP).statusCode()).as(what).isEqualTo(200);
    }

    private static void denied(Token token, String what) {
        assertThat(Requests.with(token).get(GROUP).asString())
                .as(what)
                .isEqualTo(Requests.error(403, "access_denied", "Insufficient access level"));
    }

    private static void expired(Token token, String what) {
        refuses(
                Requests.with(token),
                what,
                "expired",
                "Session has expired, please login",
                ", error=\"invalid_token\"");
    }

    private static void undecipherable(String token, String what) {
        refuses(Requests.with(token), what, "invalid_token", "Undecipherable", ", error=\"invalid_token\"");
    }

    private static void formatError(RequestSpecification request, String what) {
        refuses(
                request,
                what,
                "format_error",
                "Authorization header format is Authorization: Bearer <token>",
                ", error=\"invalid_request\"");
    }

    private static void refuses(
            RequestSpecification request, String what, String code, String message, String challenge) {
        var response = request.get(GROUP);
        assertThat(response.asString()).as(what).isEqualTo(Requests.error(401, code, message));
        assertThat(response.statusCode()).as(what).isEqualTo(401);
        assertThat(response.headers().getValues("WWW-Authenticate"))
                .as(what)
                .containsExactly("Bearer realm=\"pbx\"" + challenge);
        assertThat(response.header("Cache-Control")).as(what).isEqualTo("no-store");
    }

    private static String cut(String token, int characters) {
        return token.substring(0, token.length() - characters);
    }

    private static String withinSignature(String odd) {
        String token = good().signed();
        int middle = token.lastIndexOf('.') + 20;
        return token.substring(0, middle) + odd + token.substring(middle);
    }

    private static String flippedSignature() {
        String token = good().signed();
        int middle = token.lastIndexOf('.') + 20;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    private static String tampered() {
        String mine = good().signed();
        String admins = Token.of("ADMIN").customer(Fixtures.ACME).content();
        return admins + mine.substring(mine.lastIndexOf('.'));
    }

    private static String hmac(byte[] secret) {
        return good().header("alg", "HS256").signedWithSecret(secret);
    }

    private static String withAlgorithm(String algorithm) {
        return good().header("alg", algorithm).signedAs("SHA512withRSA");
    }

    private static String withoutAlgorithm() {
        String[] parts = good().content().split("\\.", -1);
        return Token.base64("{\"typ\":\"JWT\"}".getBytes(US_ASCII)) + "." + parts[1] + ".";
    }
}
