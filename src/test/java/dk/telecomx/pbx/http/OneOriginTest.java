package dk.telecomx.pbx.http;

import dk.telecomx.pbx.Profiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Set;

/** The same where there is one origin alone: who asks still makes a difference. */
@QuarkusTest
@TestProfile(Profiles.OneAtATime.class)
class OneOriginTest extends CorsTest {

    @Override
    Set<String> origins() {
        return Set.of("https://desk.telecomx.example");
    }
}
