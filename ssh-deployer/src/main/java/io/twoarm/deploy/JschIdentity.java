package io.twoarm.deploy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The key of a target, and its certificate, for JSch. */
final class JschIdentity {
    private JschIdentity() {}

    /**
     * Adds the key, which must be there: with its certificate first, if it has one that can be read, then alone.
     *
     * @param passphrase of the key, if it has one that is known
     */
    static void add(JSch jsch, SshTarget target, Optional<String> passphrase) throws JSchException {
        String key = target.identity().toString();
        byte[] secret =
                passphrase.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        Optional<UserCertificate> certificate =
                UserCertificate.of(target).filter(it -> it.certificate().isPresent());
        if (certificate.isPresent()) {
            // JSch clears the passphrase that it was given.
            jsch.addIdentity(key, certificate.get().file().toString(), secret == null ? null : secret.clone());
        }
        jsch.addIdentity(key, secret);
    }
}
