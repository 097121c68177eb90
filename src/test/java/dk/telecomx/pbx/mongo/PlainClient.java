package dk.telecomx.pbx.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoClients;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistries;

/** A client of MongoDB as the service has it, with no framework around it. */
public final class PlainClient implements AutoCloseable {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(1_200);
    private static final int HEARTBEAT_MILLIS = 500;

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final ReactiveMongoClient client;

    public PlainClient(String connection, CodecProvider... codecs) {
        this(connection, PATIENT, codecs);
    }

    /** One with the time limits of production, for what is about a database that cannot be read. */
    static PlainClient impatient(String connection) {
        return new PlainClient(connection, IMPATIENT);
    }

    private PlainClient(String connection, Duration limit, CodecProvider... codecs) {
        int millis = (int) limit.toMillis();
        List<CodecProvider> all = new ArrayList<>(List.of(codecs));
        all.add(MongoClientSettings.getDefaultCodecRegistry());
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(connection))
                .readPreference(ReadPreference.primary())
                .codecRegistry(CodecRegistries.fromProviders(all))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket ->
                        socket.connectTimeout(millis, TimeUnit.MILLISECONDS).readTimeout(millis, TimeUnit.MILLISECONDS))
                .transportSettings(TransportSettings.nettyBuilder()
                        .eventLoopGroup(loops)
                        .socketChannelClass(NioSocketChannel.class)
                        .build());
        client = new ReactiveMongoClientImpl(
                MongoClients.create(new PrimaryReads().customize(settings).build()));
    }

    public <T> ReactiveMongoCollection<T> collection(String database, String name, Class<T> type) {
        return client.getDatabase(database).getCollection(name, type);
    }

    @Override
    public void close() {
        client.close();
        var unused = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
