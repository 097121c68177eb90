package dk.telecomx.pbx.batching;

import com.mongodb.MongoClientSettings;
import com.mongodb.connection.TransportSettings;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;

/**
 * Runs the driver's connections on the event loops that callers are served on where these use a native transport, such as epoll: the
 * framework does so for the JDK's own transport alone, and else leaves the driver to threads of its own.
 */
@Singleton
@UnlessBuildProfile("dev") // where the embedded database is the one customizer that the framework allows
class DriverTransport implements MongoClientCustomizer {

    private final VertxInternal vertx;

    DriverTransport(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        if (!vertx.isNativeTransportEnabled()) {
            return settings;
        }
        return settings.transportSettings(TransportSettings.nettyBuilder()
                .allocator(VertxByteBufAllocator.POOLED_ALLOCATOR)
                .eventLoopGroup(vertx.getEventLoopGroup())
                .socketChannelClass(channelClass())
                .build());
    }

    /** Which class it is only a channel can tell. */
    private Class<? extends SocketChannel> channelClass() {
        Channel channel = vertx.transport().channelFactory(false).newChannel();
        channel.unsafe().closeForcibly();
        return channel.getClass().asSubclass(SocketChannel.class);
    }
}
