package dk.telecomx.pbx.authentication;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where keys are read from, again and again. */
sealed interface KeySource {

    int MAX_BYTES = 1 << 20;

    /** The whole content; fails in words that suit a log. */
    Future<String> read();

    /** What a log calls it. */
    String name();

    /** A file, such as a mounted secret that is rotated in place. */
    record KeyFile(Path path, Vertx vertx) implements KeySource {

        @Override
        public Future<String> read() {
            return vertx.executeBlocking(this::content, false);
        }

        /** @throws IOException whose message says what is wrong with the file */
        String content() throws IOException {
            if (!Files.exists(path)) {
                throw new IOException("there is no such file");
            }
            if (!Files.isRegularFile(path)) {
                throw new IOException(Files.isDirectory(path) ? "it is a folder" : "it is no regular file");
            }
            if (!Files.isReadable(path)) {
                throw new IOException("no permission to read it");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        }

        @Override
        public String name() {
            return path.toString();
        }
    }

    /** A URL. */
    record KeyHost(URI url, Duration limit, HttpClient client) implements KeySource {

        @Override
        public Future<String> read() {
            long timeLimit = limit.toMillis();
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setAbsoluteURI(url.toString())
                    .setTimeout(timeLimit);
            // The options' limit is one of silence; the second one ends an answer that trickles for ever.
            return client.request(options).compose(request -> request.send()
                    .compose(KeyHost::body)
                    .timeout(timeLimit, TimeUnit.MILLISECONDS)
                    .onFailure(failure -> request.reset()));
        }

        private static Future<String> body(HttpClientResponse response) {
            Promise<String> whole = Promise.promise();
            Buffer body = Buffer.buffer();
            response.exceptionHandler(whole::tryFail);
            if (response.statusCode() != 200) {
                whole.fail("status " + response.statusCode());
                return whole.future();
            }
            response.endHandler(end -> whole.tryComplete(body.toString(StandardCharsets.UTF_8)));
            response.handler(part -> {
                if (body.length() + part.length() > MAX_BYTES) {
                    whole.tryFail("more than " + MAX_BYTES + " bytes");
                } else {
                    body.appendBuffer(part);
                }
            });
            return whole.future();
        }

        @Override
        public String name() {
            return url.getHost();
        }
    }
}
