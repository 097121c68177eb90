package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.authentication.JwksProvider.Freshness;
import dk.telecomx.pbx.authentication.KeySource.KeyFile;
import dk.telecomx.pbx.authentication.KeySource.KeyHost;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SSLOptions;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Makes sources of keys from {@code mp.jwt.verify.publickey.location}, with the framework's settings of TLS and of proxies. */
@Singleton
class KeySources {

    private final Freshness freshness;
    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    KeySources(Freshness freshness, Vertx vertx, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.freshness = freshness;
        this.vertx = vertx;
        this.tls = tls;
        this.proxies = proxies;
    }

    KeySource at(String location) {
        try {
            if (location.startsWith("http://") || location.startsWith("https://")) {
                return new KeyHost(
                        URI.create(location), freshness.timeLimit(), vertx.createHttpClient(clientOptions()));
            }
            return new KeyFile(
                    location.startsWith("file:/") ? Path.of(URI.create(location)) : Path.of(location), vertx);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException("MP_JWT_VERIFY_PUBLICKEY_LOCATION: cannot read " + location
                    + ": it is neither a URL nor the path of a file");
        }
    }

    private HttpClientOptions clientOptions() {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) freshness.timeLimit().toMillis());
        freshness
                .tlsConfigurationName()
                .map(name -> tls.get(name)
                        .orElseThrow(() -> new ConfigurationException(
                                "PBX_KEYS_TLS_CONFIGURATION_NAME: there are no quarkus.tls." + name + " settings")))
                .or(tls::getDefault)
                .ifPresent(trust -> configure(options, trust));
        proxies.get(freshness.proxyConfigurationName())
                .map(ProxyConfiguration::assertHttpType)
                .ifPresent(proxy -> options.setProxyOptions(options(proxy)));
        return options;
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
}
