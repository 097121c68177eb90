package dk.telecomx.pbx.authentication;

import dk.telecomx.pbx.error.Failure;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies a token (contract, section 5): a signature by one of our keys and the one configured algorithm, {@code exp}, the issuer, a
 * subject; {@code nbf} where there is one, the audience where one is configured.
 */
@Singleton
class TokenVerifier {

    private static final List<String> SUBJECTS = List.of("sub", "upn", "preferred_username");
    private static final ErrorCodeValidator.Error NO_SUBJECT =
            new ErrorCodeValidator.Error(ErrorCodes.SUBJECT_MISSING, "no subject");

    private final JwksProvider keys;
    private final SubjectHash subjects;
    private final int clockSkew;
    private final JwtConsumer consumer;

    TokenVerifier(
            JwksProvider keys,
            SubjectHash subjects,
            @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") Optional<List<String>> audiences,
            @ConfigProperty(name = "mp.jwt.verify.clock.skew") int clockSkew,
            @ConfigProperty(name = "mp.jwt.verify.publickey.algorithm") String algorithm) {
        this.keys = keys;
        this.subjects = subjects;
        this.clockSkew = clockSkew;
        JwtConsumerBuilder rules = new JwtConsumerBuilder()
                .setVerificationKeyResolver((signature, outer) -> keys.inUse().select(signature))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm))
                .setJweAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT))
                .setRequireExpirationTime()
                .setExpectedIssuer(true, issuer.orElseThrow())
                .setAllowedClockSkewInSeconds(clockSkew)
                .registerValidator((Validator) token -> hasStrictForm(token) ? null : "malformed")
                .registerValidator((ErrorCodeValidator)
                        token -> subject(token.getJwtClaims()).isEmpty() ? NO_SUBJECT : null);
        audiences.ifPresentOrElse(
                expected -> rules.setExpectedAudience(true, expected.toArray(String[]::new)),
                rules::setSkipDefaultAudienceValidation);
        consumer = rules.build();
    }

    /** @throws Failure {@link Failure#SESSION_EXPIRED} if only the time is wrong, {@link Failure#tokenInvalid} for anything else, or as {@link JwksProvider#inUse} */
    CallerPrincipal verify(String token) {
        VerificationKeys inUse = keys.inUse();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            return new CallerPrincipal(
                    Caller.fromClaims(claims.getClaimsMap(), subjects.of(subject(claims))),
                    claims.getExpirationTime().getValue() + clockSkew,
                    inUse);
        } catch (InvalidJwtException invalid) {
            boolean hasOnlyExpired =
                    invalid.hasExpired() && invalid.getErrorDetails().size() == 1;
            throw hasOnlyExpired ? Failure.SESSION_EXPIRED : Failure.tokenInvalid(reason(invalid));
        } catch (MalformedClaimException impossible) {
            throw new IllegalStateException("verified, but malformed", impossible);
        }
    }

    /**
     * What the library lets pass: an empty list of critical headers (RFC 7515, section 4.1.11; none is understood here), a token within
     * a token, and many spellings of one signature, since its decoder skips foreign characters and ignores unused bits.
     */
    private static boolean hasStrictForm(JwtContext token) {
        JsonWebSignature jws = (JsonWebSignature) token.getJoseObjects().get(0);
        return token.getJwt().endsWith("." + jws.getEncodedSignature())
                && !new JsonObject(jws.getHeaders().getFullHeaderAsJsonString())
                        .containsKey(HeaderParameterNames.CRITICAL);
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
        return switch (invalid.getErrorDetails().get(0).getErrorCode()) {
            case ErrorCodes.SIGNATURE_INVALID, ErrorCodes.SIGNATURE_MISSING -> "signature";
            case ErrorCodes.ISSUER_INVALID, ErrorCodes.ISSUER_MISSING -> "issuer";
            case ErrorCodes.AUDIENCE_INVALID, ErrorCodes.AUDIENCE_MISSING -> "audience";
            case ErrorCodes.EXPIRATION_MISSING, ErrorCodes.EXPIRED -> "expiry";
            case ErrorCodes.NOT_YET_VALID -> "not_yet_valid";
            case ErrorCodes.SUBJECT_MISSING -> "subject";
            case ErrorCodes.JSON_INVALID, ErrorCodes.MALFORMED_CLAIM, ErrorCodes.MISCELLANEOUS -> "malformed";
            default -> "other";
        };
    }

    /** Empty if there is none. */
    private static String subject(JwtClaims claims) {
        return SUBJECTS.stream()
                .map(claims::getClaimValue)
                .filter(value -> value instanceof String name && !name.isEmpty())
                .map(String.class::cast)
                .findFirst()
                .orElse("");
    }
}
