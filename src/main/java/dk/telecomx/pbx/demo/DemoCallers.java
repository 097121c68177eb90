package dk.telecomx.pbx.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The callers of demo/callers.json, with tokens that this service accepts as it is configured.
 *
 * <p>The key pair is the one that Quarkus makes in dev mode where no key is configured. With somebody else's key there are no tokens.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class DemoCallers {

    static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final List<JsonObject> callers = DemoData.objects("demo/callers.json");
    private final boolean signs;
    private final String issuer;
    private final Optional<Set<String>> audiences;
    private final SignatureAlgorithm algorithm;

    DemoCallers(
            @ConfigProperty(name = "smallrye.jwt.sign.key") Optional<String> signingKey,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<Set<String>> audiences,
            @ConfigProperty(name = "mp.jwt.verify.publickey.algorithm") SignatureAlgorithm algorithm) {
        this.signs = signingKey.isPresent();
        this.issuer = issuer;
        this.audiences = audiences;
        this.algorithm = algorithm;
    }

    boolean hasTokens() {
        return signs;
    }

    List<JsonObject> all() {
        return callers;
    }

    /** Everybody, with a fresh token and the command that asks what they ask. */
    JsonArray introduced(String address) {
        JsonArray all = new JsonArray();
        callers.forEach(caller -> all.add(introduced(caller, address)));
        return all;
    }

    /** The command by which that caller asks; empty for a name that is no demo caller. */
    Optional<String> command(String name, String address) {
        return callers.stream()
                .filter(caller -> caller.getString("name").equalsIgnoreCase(name))
                .findFirst()
                .map(caller -> introduced(caller, address).getString("curl"));
    }

    private JsonObject introduced(JsonObject caller, String address) {
        String token = token(caller);
        return new JsonObject()
                .put("name", caller.getString("name"))
                .put("level", caller.getString("level"))
                .put("about", caller.getString("about"))
                .put("status", caller.getInteger("status"))
                .put("path", caller.getString("path"))
                .put("token", token)
                .put("curl", curl(token, address + caller.getString("path")));
    }

    private static String curl(@Nullable String token, String url) {
        return "curl -s " + (token == null ? "" : "-H 'Authorization: Bearer " + token + "' ") + "'" + url + "'";
    }

    private @Nullable String token(JsonObject caller) {
        JsonObject claims = caller.getJsonObject("claims");
        if (claims == null || !signs) {
            return null;
        }
        Instant issued = Instant.now();
        if (caller.getBoolean("expired", false)) {
            issued = issued.minus(TOKEN_LIFETIME).minus(Duration.ofHours(1));
        }
        JwtClaimsBuilder token = Jwt.issuer(issuer)
                .subject(caller.getString("name"))
                .groups(new HashSet<>(List.of(caller.getString("level"))))
                .issuedAt(issued)
                .expiresAt(issued.plus(TOKEN_LIFETIME));
        audiences.ifPresent(token::audience);
        claims.forEach(claim -> token.claim(claim.getKey(), claim.getValue()));
        return token.jws().algorithm(algorithm).sign();
    }
}
