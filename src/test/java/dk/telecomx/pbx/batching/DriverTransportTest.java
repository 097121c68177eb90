package dk.telecomx.pbx.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.connection.NettyTransportSettings;
import io.netty.channel.epoll.EpollSocketChannel;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.time.Duration;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Callers' connections and the driver's are on the same event loops, by the same transport. */
@QuarkusTest
class DriverTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Vertx vertx;

    @Inject
    ReactiveMongoClient client;

    @Test
    void answersOfTheDatabaseArriveOnAnEventLoop() {
        String thread = Uni.createFrom()
                .publisher(AdaptersToFlow.publisher(
                        client.unwrap().getDatabase("admin").runCommand(new Document("ping", 1))))
                .map(pong -> Thread.currentThread().getName())
                .await()
                .atMost(PATIENCE);

        assertThat(thread).startsWith("vert.x-eventloop-thread-");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "epoll is Linux's")
    void isEpollOnLinux() {
        NettyTransportSettings transport = (NettyTransportSettings) transportOn(vertx);

        assertThat(vertx.isNativeTransportEnabled()).isTrue();
        assertThat(transport.getSocketChannelClass()).isEqualTo(EpollSocketChannel.class);
        assertThat(transport.getEventLoopGroup()).isSameAs(((VertxInternal) vertx).getEventLoopGroup());
    }

    @Test
    void isTheFrameworksWhereThereIsNoOther() {
        Vertx plain = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        try {
            assertThat(transportOn(plain)).isNull();
        } finally {
            plain.close();
        }
    }

    private static Object transportOn(Vertx vertx) {
        return new DriverTransport(vertx)
                .customize(MongoClientSettings.builder())
                .build()
                .getTransportSettings();
    }
}
