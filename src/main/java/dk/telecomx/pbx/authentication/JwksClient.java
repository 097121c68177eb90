package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SSLOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Fetches keys by HTTP, with the framework's settings of TLS and of proxies. */
@Singleton
class JwksClient {

    static final int MAX_BYTES = 1 << 20;

    private final long timeLimit;
    private final HttpClient http;

    JwksClient(
            @ConfigProperty(name = "pbx.keys.time-limit", defaultValue = "5s") Duration timeLimit,
            @ConfigProperty(name = "pbx.keys.tls-configuration-name") Optional<String> tlsName,
            @ConfigProperty(name = "pbx.keys.proxy-configuration-name") Optional<String> proxyName,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            ProxyConfigurationRegistry proxies) {
        this.timeLimit = timeLimit.toMillis();
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout((int) timeLimit.toMillis());
        tlsName.map(name -> tls.get(name)
                        .orElseThrow(() -> new ConfigurationException(
                                "PBX_KEYS_TLS_CONFIGURATION_NAME: there are no quarkus.tls." + name + " settings")))
                .or(tls::getDefault)
                .ifPresent(configuration -> configure(options, configuration));
        proxies.get(proxyName)
                .filter(proxy -> !proxy.host().equals("none"))
                .map(ProxyConfiguration::assertHttpType)
                .ifPresent(proxy -> options.setProxyOptions(options(proxy))
                        .setNonProxyHosts(proxy.nonProxyHosts().orElse(List.of())));
        this.http = vertx.createHttpClient(options);
    }

    private static void configure(HttpClientOptions options, TlsConfiguration tls) {
        SSLOptions ssl = tls.getSSLOptions();
        ssl.getEnabledCipherSuites().forEach(options::addEnabledCipherSuite);
        ssl.getCrlValues().forEach(options::addCrlValue);
        options.setTrustOptions(tls.getTrustStoreOptions())
                .setTrustAll(tls.isTrustAll())
                .setVerifyHost(!tls.getHostnameVerificationAlgorithm().equals(Optional.of("NONE")))
                .setForceSni(tls.usesSni())
                .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols())
                .setKeyCertOptions(tls.getKeyStoreOptions());
    }

    private static ProxyOptions options(ProxyConfiguration proxy) {
        ProxyOptions options = new ProxyOptions().setHost(proxy.host()).setPort(proxy.port());
        proxy.username().ifPresent(options::setUsername);
        proxy.password().ifPresent(options::setPassword);
        return options;
    }

    /** The whole content; fails in words that suit a log. */
    Future<String> fetch(String url) {
        // The options' limit is one of silence; the second one ends an answer that trickles for ever.
        return http.request(new RequestOptions().setAbsoluteURI(url).setTimeout(timeLimit))
                .compose(request -> request.send()
                        .compose(JwksClient::body)
                        .timeout(timeLimit, TimeUnit.MILLISECONDS)
                        .onFailure(failure -> request.reset()));
    }

    private static Future<String> body(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.appendBuffer(part).length() > MAX_BYTES) {
                response.request().reset(0, new IOException("more than " + MAX_BYTES + " bytes"));
            }
        });
        Future<String> whole = response.end().map(end -> body.toString(UTF_8));
        return response.statusCode() == 200 ? whole : Future.failedFuture("status " + response.statusCode());
    }
}
