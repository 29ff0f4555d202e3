package io.twoarm.deploy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * When a certificate is valid.
 *
 * @param from empty for always
 * @param until the first moment at which it is no longer valid; empty for never
 */
record Validity(Optional<Instant> from, Optional<Instant> until) {

    static Validity of(OpenSshCertificate certificate) {
        // Unsigned seconds since 1970.
        return new Validity(moment(certificate.getValidAfter()), moment(certificate.getValidBefore()));
    }

    private static Optional<Instant> moment(long seconds) {
        return seconds <= 0 || seconds > Instant.MAX.getEpochSecond()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** In words, such as {@code it expired on 2026-11-21T00:00:00Z}. */
    String text(Instant now) {
        if (until.isPresent() && !now.isBefore(until.get())) {
            return "it expired on " + until.get();
        }
        if (from.isPresent() && now.isBefore(from.get())) {
            return "it is valid from %s on, and it is %s now (if that is wrong, set this machine's clock)"
                    .formatted(from.get(), now.truncatedTo(ChronoUnit.SECONDS));
        }
        return until.map(end -> "it is valid until " + end).orElse("it is valid for ever");
    }
}
