package dk.telecomx.pbx.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Prepares dev mode: the demo data, and a curl line for each caller of the cast.
 *
 * <p>The key pair is the one that Quarkus makes in dev mode where no key is configured; with a key of somebody else's there are no
 * tokens to show.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class Demo {

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final EmbeddedDatabase database;
    private final DemoData data;
    private final boolean load;
    private final Optional<String> signingKey;
    private final String issuer;
    private final int port;

    Demo(
            EmbeddedDatabase database,
            DemoData data,
            @ConfigProperty(name = "pbx.demo.load") boolean load,
            @ConfigProperty(name = "smallrye.jwt.sign.key") Optional<String> signingKey,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.database = database;
        this.data = data;
        this.load = load;
        this.signingKey = signingKey;
        this.issuer = issuer;
        this.port = port;
    }

    void prepare(@Observes StartupEvent start) {
        if (database.isWanted() || load) {
            data.load();
        }
        if (signingKey.isPresent()) {
            introduceCast(System.out);
        }
    }

    private void introduceCast(PrintStream out) {
        out.println();
        out.println(
                "The cast. Each token is good for " + TOKEN_LIFETIME.toHours() + " hours, or until the next start.");
        for (BsonValue caller : BsonArray.parse(DemoData.text("demo/callers.json"))) {
            introduce(caller.asDocument(), out);
        }
        out.println();
    }

    private void introduce(BsonDocument caller, PrintStream out) {
        String name = caller.getString("name").getValue();
        String token = token(name, caller.getDocument("claims"));
        out.printf(
                "%n%-7s %-14s %d  %s%n",
                name,
                caller.getString("level").getValue(),
                caller.getInt32("gets").getValue(),
                caller.getString("about").getValue());
        out.printf(
                "curl -H 'Authorization: Bearer %s' 'http://localhost:%d%s'%n",
                token, port, caller.getString("asks").getValue());
    }

    private String token(String name, BsonDocument claims) {
        JwtClaimsBuilder token = Jwt.issuer(issuer).subject(name).expiresIn(TOKEN_LIFETIME);
        claims.getArray("groups").forEach(level -> token.groups(level.asString().getValue()));
        if (claims.containsKey("customer")) {
            token.claim("customer", claims.getString("customer").getValue());
        }
        return token.sign();
    }
}
