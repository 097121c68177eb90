package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The package brings epoll along, and does without where it cannot be unpacked. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "epoll is Linux's")
class TransportIT {

    private static final String LIBRARY = "libnetty_transport_native_epoll";

    @Test
    void isEpoll() throws Exception {
        assertServes("transport-epoll", true);
    }

    @Test
    void isTheJdksWhereNoLibraryCanBeUnpacked() throws Exception {
        assertServes("transport-nowhere", false, "-Dio.netty.native.workdir=/proc");
    }

    private static void assertServes(String name, boolean epoll, String... jvmArguments) throws Exception {
        Keys keys = Keys.named(name);
        try (Database database = new Database()) {
            Map<String, String> settings =
                    PackagedService.settings(database.address().getPort(), database.name(), keys.jwk());
            try (PackagedService service = PackagedService.start(name, settings, jvmArguments)) {
                assertThat(service.group(Fixtures.NORTHERN_GROUP, keys.viewerOf(Fixtures.NORTHERN_CUSTOMER))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(service.hasLoaded(LIBRARY)).isEqualTo(epoll);
            }
        }
    }
}
