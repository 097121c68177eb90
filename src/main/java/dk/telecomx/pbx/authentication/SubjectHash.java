package dk.telecomx.pbx.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.ByteUtil;
import org.jose4j.lang.JoseException;
import org.jose4j.mac.MacUtil;

/** Keyed hashes of subjects: audit records tell callers apart by them without naming anybody. */
@Singleton
class SubjectHash {

    private final HmacKey key;

    /** @param key if absent, hashes can be compared only within one run of one instance */
    SubjectHash(@ConfigProperty(name = "pbx.audit.key") Optional<String> key) {
        this.key = new HmacKey(key.map(text -> text.getBytes(UTF_8)).orElseGet(() -> ByteUtil.randomBytes(32)));
    }

    /** 128 bits, in hex. */
    String of(String subject) {
        try {
            byte[] hash = MacUtil.getInitializedMac(MacUtil.HMAC_SHA256, key).doFinal(subject.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
