package dk.telecomx.pbx.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that nobody knows, and a server's certificate from it. The JDK's keytool makes both. */
final class CertificateAuthority {

    private static final String PASSWORD = "changeit";
    private static final String SERVER = "server";

    private final Path folder;
    private final KeyStore server;

    /** Makes one whose server has these names. */
    CertificateAuthority(Path folder, String... names)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        String alternatives =
                String.join(",", Arrays.stream(names).map(name -> "dns:" + name).toList());
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Private CA", "-ext", "bc:c", "-keyalg", "EC");
        keytool(
                "-genkeypair",
                "-alias",
                SERVER,
                "-signer",
                "ca",
                "-dname",
                "CN=" + names[0],
                "-ext",
                "san=" + alternatives,
                "-keyalg",
                "EC");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", pem().toString());
        server = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store())) {
            server.load(file, PASSWORD.toCharArray());
        }
        server.deleteEntry("ca");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    /** The authority's own certificate. */
    Path pem() {
        return folder.resolve("ca.pem");
    }

    PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) server.getKey(SERVER, PASSWORD.toCharArray());
    }

    X509Certificate[] chain() throws GeneralSecurityException {
        return Arrays.stream(server.getCertificateChain(SERVER))
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
    }

    /** Of a server with its certificate, and of a client that trusts the authority. */
    SSLContext context() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        X509Certificate[] chain = chain();
        trusted.setCertificateEntry("ca", chain[chain.length - 1]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
