package dk.telecomx.pbx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dk.telecomx.pbx.Await;
import dk.telecomx.pbx.FixtureDatabase;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.KeyHost;
import dk.telecomx.pbx.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key host and a database whose certificates are from a private CA, and a key host behind a proxy: with settings as an operator gives them. */
@Tag("faults")
class PrivateCaIT {

    private static final Keys KEYS = Keys.rsa("private");
    private static final Duration SOON = Duration.ofSeconds(30);
    /** A name that only the proxy knows. */
    private static final String FAR = "keys.example.invalid";

    @TempDir
    private static Path folder = Path.of("");

    private static CertificateAuthority authority;
    private static FixtureDatabase database;
    private static KeyHost keyHost;
    private static KeyHost plainKeyHost;

    @BeforeAll
    static void start() throws Exception {
        authority = new CertificateAuthority(folder, "localhost", FAR);
        database = new FixtureDatabase();
        keyHost = new KeyHost(authority.context(), KEYS);
        plainKeyHost = new KeyHost(KEYS);
    }

    @AfterAll
    static void stop() {
        keyHost.close();
        plainKeyHost.close();
        database.close();
    }

    @Test
    void hasNoKeysOfAHostWhoseAuthorityIsUnknown() throws Exception {
        Map<String, String> settings = keysAt("https://localhost:" + keyHost.port());

        try (PackagedService service = PackagedService.start("private-ca-unknown", settings)) {
            Await.until(
                    "it was refused", SOON, () -> service.log().contains("unable to find valid certification path"));
            assertThat(service.log()).contains("keys were not read from localhost: ");
            answersWith(500, service);
            assertThat(service.health("ready").statusCode()).isEqualTo(503);
        }
    }

    /** A certificate of the right authority for another host. */
    @Test
    void hasNoKeysOfAHostThatIsAnother() throws Exception {
        Map<String, String> settings = keysAt("https://127.0.0.1:" + keyHost.port());
        settings.put("QUARKUS_TLS_TRUST_STORE_PEM_CERTS", authority.pem().toString());

        try (PackagedService service = PackagedService.start("private-ca-other-host", settings)) {
            Await.until("it was refused", SOON, () -> service.log().contains("127.0.0.1 found"));
            assertThat(service.log()).contains("keys were not read from 127.0.0.1: ");
            answersWith(500, service);
        }
    }

    @Test
    void readsKeysThroughAProxyWithTheAuthorityOfTheDefaultConfiguration() throws Exception {
        try (HttpProxy proxy = new HttpProxy(keyHost.port())) {
            Map<String, String> settings = keysAt("https://" + FAR);
            settings.put("QUARKUS_TLS_TRUST_STORE_PEM_CERTS", authority.pem().toString());
            settings.putAll(proxySettings(proxy));

            try (PackagedService service = PackagedService.start("proxy-https", settings)) {
                answersWith(200, service);
            }
            assertThat(proxy.requests()).contains("CONNECT " + FAR + ":443 HTTP/1.1");
        }
    }

    @Test
    void readsKeysThroughAProxyWithoutTls() throws Exception {
        try (HttpProxy proxy = new HttpProxy(plainKeyHost.port())) {
            Map<String, String> settings = keysAt("http://" + FAR);
            settings.putAll(proxySettings(proxy));

            try (PackagedService service = PackagedService.start("proxy-http", settings)) {
                answersWith(200, service);
            }
            assertThat(proxy.requests()).anyMatch(line -> line.contains(FAR));
        }
    }

    /** The registry calls "none" a proxy too, on a host of that name: keys once were asked for there. Exceptions once did not count. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"PBX_KEYS_PROXY_CONFIGURATION_NAME, none", "QUARKUS_PROXY_NON_PROXY_HOSTS, 'localhost,127.0.0.1'"})
    void readsKeysPastTheDefaultProxyWhereASettingSaysSo(String setting, String value) throws Exception {
        try (HttpProxy proxy = new HttpProxy(plainKeyHost.port())) {
            Map<String, String> settings = keysAt("http://127.0.0.1:" + plainKeyHost.port());
            settings.putAll(proxySettings(proxy));
            settings.put(setting, value);

            try (PackagedService service = PackagedService.start("past-the-proxy-by-" + setting, settings)) {
                answersWith(200, service);
            }
            assertThat(proxy.requests()).isEmpty();
        }
    }

    /** The key host's is trusted in both starts. */
    @Test
    void readsFromADatabaseWhoseAuthorityIsTrustedAndFromNoOther() throws Exception {
        MongoServer encrypted = new MongoServer(new MemoryBackend());
        encrypted.enableSsl(authority.key(), null, authority.chain());
        try {
            encrypted.bind(loopback());
            int port = encrypted.getLocalAddress().getPort();
            fill(port);
            Map<String, String> settings =
                    PackagedService.settings(port, "pbx", "https://localhost:" + keyHost.port() + "/keys");
            settings.put(
                    "QUARKUS_TLS_KEYS_TRUST_STORE_PEM_CERTS", authority.pem().toString());
            settings.put("PBX_KEYS_TLS_CONFIGURATION_NAME", "keys");
            settings.put("QUARKUS_MONGODB_CONNECTION_STRING", "mongodb://localhost:" + port + "/?tls=true");

            try (PackagedService service = PackagedService.start("private-ca-database-unknown", settings)) {
                answersWith(500, service);
                // The first probe may be over before the driver has tried to connect.
                Await.until("it says why", SOON, () -> {
                    assertThat(service.health("ready").statusCode()).isEqualTo(503);
                    return service.log().contains("certificate is not trusted");
                });
            }

            settings.put(
                    "QUARKUS_TLS_DATABASE_TRUST_STORE_PEM_CERTS",
                    authority.pem().toString());
            settings.put("QUARKUS_MONGODB_TLS_CONFIGURATION_NAME", "database");
            try (PackagedService service = PackagedService.start("private-ca-database", settings)) {
                answersWith(200, service);
                assertThat(service.health("ready").statusCode()).isEqualTo(200);
            }
        } finally {
            encrypted.shutdownNow();
        }
    }

    private static void fill(int port) throws Exception {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress("localhost", port))))
                .applyToSslSettings(tls -> tls.enabled(true).context(context()))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            Fixtures.storeIn(client.getDatabase("pbx"));
        }
    }

    private static SSLContext context() {
        try {
            return authority.context();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> keysAt(String host) {
        return PackagedService.settings(database.address().getPort(), database.name(), host + "/keys");
    }

    private static Map<String, String> proxySettings(HttpProxy proxy) {
        return Map.of(
                "QUARKUS_PROXY_HOST",
                "127.0.0.1",
                "QUARKUS_PROXY_PORT",
                Integer.toString(proxy.port()),
                "QUARKUS_PROXY_USERNAME",
                HttpProxy.USER,
                "QUARKUS_PROXY_PASSWORD",
                HttpProxy.PASSWORD);
    }

    private static void answersWith(int status, PackagedService service) {
        Await.until(
                "a group is " + status,
                SOON,
                () -> service.group(Fixtures.CROWD, KEYS.admin()).statusCode() == status);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
