package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.error.Failure.SessionExpired;
import dk.telecomx.pbx.error.Failure.TokenInvalid;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a token (contract, section 5): a signature by one of our keys and the one configured algorithm, {@code exp}, the issuer, a
 * subject; {@code nbf} where there is one, the audience where one is configured.
 */
@Singleton
class TokenVerifier {

    private static final Logger LOG = Logger.getLogger(TokenVerifier.class);
    private static final List<String> SUBJECTS = List.of("sub", "upn", "preferred_username");

    private final JwtConsumer consumer;

    TokenVerifier(
            JwksProvider keys,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> audiences,
            @ConfigProperty(name = "mp.jwt.verify.clock.skew") int clockSkew,
            @ConfigProperty(name = "mp.jwt.verify.publickey.algorithm") String algorithm) {
        JwtConsumerBuilder rules = new JwtConsumerBuilder()
                .setVerificationKeyResolver((signature, outer) -> keys.select(signature))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm))
                .setJweAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT))
                .setRequireExpirationTime()
                .setExpectedIssuer(true, issuer.orElseThrow())
                .setAllowedClockSkewInSeconds(clockSkew)
                .registerValidator((Validator) context -> missingSubject(context.getJwtClaims()));
        audiences.ifPresentOrElse(
                expected -> rules.setExpectedAudience(true, expected.toArray(String[]::new)),
                rules::setSkipDefaultAudienceValidation);
        consumer = rules.build();
    }

    /** @throws SessionExpired if nothing is wrong but the time, {@link TokenInvalid} for all else */
    JwtClaims verify(String token) {
        try {
            return consumer.processToClaims(token);
        } catch (InvalidJwtException invalid) {
            // The codes alone: the details quote the token, and claims as they are.
            LOG.debugf("token refused: codes %s", codes(invalid));
            throw hasOnlyExpired(invalid) ? new SessionExpired() : new TokenInvalid();
        }
    }

    private static boolean hasOnlyExpired(InvalidJwtException invalid) {
        List<Integer> codes = codes(invalid);
        return !codes.isEmpty() && codes.stream().allMatch(code -> code == ErrorCodes.EXPIRED);
    }

    private static List<Integer> codes(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream()
                .map(ErrorCodeValidator.Error::getErrorCode)
                .toList();
    }

    private static @Nullable String missingSubject(JwtClaims claims) {
        boolean named = SUBJECTS.stream()
                .map(claims::getClaimValue)
                .anyMatch(value -> value instanceof String name && !name.isEmpty());
        return named ? null : "no subject";
    }
}
