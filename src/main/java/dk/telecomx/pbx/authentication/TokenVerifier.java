package dk.telecomx.pbx.authentication;

import static java.util.Map.entry;

import dk.telecomx.pbx.error.Failure.SessionExpired;
import dk.telecomx.pbx.error.Failure.TokenInvalid;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a token (contract, section 5): a signature by one of our keys and the one configured algorithm, {@code exp}, the issuer, a
 * subject; {@code nbf} where there is one, the audience where one is configured.
 */
@Singleton
class TokenVerifier {

    private static final List<String> SUBJECTS = List.of("sub", "upn", "preferred_username");

    /** By the library's error code: what the metric of refusals says. */
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            entry(ErrorCodes.SIGNATURE_INVALID, "signature"),
            entry(ErrorCodes.SIGNATURE_MISSING, "signature"),
            entry(ErrorCodes.ISSUER_INVALID, "issuer"),
            entry(ErrorCodes.ISSUER_MISSING, "issuer"),
            entry(ErrorCodes.AUDIENCE_INVALID, "audience"),
            entry(ErrorCodes.AUDIENCE_MISSING, "audience"),
            entry(ErrorCodes.EXPIRATION_MISSING, "expiry"),
            entry(ErrorCodes.EXPIRED, "expiry"),
            entry(ErrorCodes.NOT_YET_VALID, "not_yet_valid"),
            entry(ErrorCodes.SUBJECT_MISSING, "subject"),
            entry(ErrorCodes.JSON_INVALID, "malformed"),
            entry(ErrorCodes.MALFORMED_CLAIM, "malformed"),
            entry(ErrorCodes.MISCELLANEOUS, "malformed"));

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
                .registerValidator((Validator) TokenVerifier::criticalHeader)
                .registerValidator((ErrorCodeValidator) context -> missingSubject(context.getJwtClaims()));
        audiences.ifPresentOrElse(
                expected -> rules.setExpectedAudience(true, expected.toArray(String[]::new)),
                rules::setSkipDefaultAudienceValidation);
        consumer = rules.build();
    }

    /** @throws SessionExpired if only the time is wrong, {@link TokenInvalid} for anything else */
    JwtClaims verify(String token) {
        if (!isCanonical(token.substring(token.lastIndexOf('.') + 1))) {
            throw new TokenInvalid("malformed");
        }
        try {
            return consumer.processToClaims(token);
        } catch (InvalidJwtException invalid) {
            throw hasOnlyExpired(invalid) ? new SessionExpired() : new TokenInvalid(reason(invalid));
        }
    }

    /** The library's decoder skips foreign characters and ignores unused bits: a signature would have many spellings. */
    private static boolean isCanonical(String signature) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(signature);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signature);
        } catch (IllegalArgumentException foreignCharacter) {
            return false;
        }
    }

    private static boolean hasOnlyExpired(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream().allMatch(error -> error.getErrorCode() == ErrorCodes.EXPIRED)
                && invalid.hasErrorCode(ErrorCodes.EXPIRED);
    }

    /** The cause in one word: the library's own messages quote the token and its claims. */
    private static String reason(InvalidJwtException invalid) {
        Throwable cause = invalid.getCause();
        if (cause instanceof UnresolvableKeyException) {
            return "unknown_key";
        }
        if (cause instanceof InvalidAlgorithmException) {
            return "algorithm";
        }
        return invalid.getErrorDetails().stream()
                .map(error -> REASONS.get(error.getErrorCode()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("other");
    }

    /** No critical header is understood here, and an empty list of them is invalid (RFC 7515, section 4.1.11). */
    private static @Nullable String criticalHeader(JwtContext context) {
        return context.getJoseObjects().stream().anyMatch(TokenVerifier::hasCriticalHeader) ? "critical header" : null;
    }

    private static boolean hasCriticalHeader(JsonWebStructure token) {
        try {
            return JsonUtil.parseJson(token.getHeaders().getFullHeaderAsJsonString())
                    .containsKey(HeaderParameterNames.CRITICAL);
        } catch (JoseException unreadable) {
            return true;
        }
    }

    private static ErrorCodeValidator.@Nullable Error missingSubject(JwtClaims claims) {
        return subject(claims).isEmpty()
                ? new ErrorCodeValidator.Error(ErrorCodes.SUBJECT_MISSING, "no subject")
                : null;
    }

    /** Empty if there is none. */
    static String subject(JwtClaims claims) {
        return SUBJECTS.stream()
                .map(claims::getClaimValue)
                .filter(value -> value instanceof String name && !name.isEmpty())
                .map(String.class::cast)
                .findFirst()
                .orElse("");
    }
}
