package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keyed hashes of subjects: audit records tell callers apart by them without naming anybody. */
@Singleton
class SubjectHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key if absent, hashes can be compared only within one run of one instance */
    SubjectHash(@ConfigProperty(name = "pbx.audit.key") Optional<String> key) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(key.map(text -> text.getBytes(UTF_8)).orElse(random), ALGORITHM);
    }

    /** 128 bits, in hex. */
    String of(String subject) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(subject.getBytes(UTF_8)), 0, 16);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
