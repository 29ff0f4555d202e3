package io.twoarm.deploy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Session;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/**
 * A login by another implementation of SSH, JSch. What both say is a matter of the host; what only one says is a matter of
 * that implementation.
 *
 * @param letIn whether it got in
 * @param text what it agreed on with the host, or why it did not get in
 */
record SecondOpinion(boolean letIn, String text) {

    /**
     * @param address where to connect to: the target, or the near end of a way to it
     * @param passphrase of the key, if it has one that is known
     */
    static SecondOpinion of(SshTarget target, InetSocketAddress address, Optional<String> passphrase, Duration limit) {
        try {
            JSch jsch = new JSch();
            jsch.setInstanceLogger(new SilentLogger());
            if (Files.exists(target.knownHosts())) {
                jsch.setKnownHosts(target.knownHosts().toString());
            }
            if (Files.exists(target.identity())) {
                JschIdentity.add(jsch, target, passphrase);
            }
            Session session = jsch.getSession(target.user(), address.getHostString(), address.getPort());
            session.setHostKeyAlias(KnownHosts.name(target.address(), target.port()));
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            try {
                session.connect((int) limit.toMillis());
                return new SecondOpinion(
                        true,
                        "%s, host key %s, cipher %s"
                                .formatted(
                                        session.getKexAlgorithm(),
                                        session.getServerHostKeyAlgorithm(),
                                        session.getCipherAlgorithmC2S()));
            } finally {
                session.disconnect();
            }
        } catch (JSchException e) {
            return new SecondOpinion(false, reason(e));
        }
    }

    private static String reason(JSchException e) {
        return switch (e) {
            case JSchAlgoNegoFailException f ->
                "no common algorithm (%s): the host offers %s, JSch %s"
                        .formatted(f.getAlgorithmName(), f.getServerProposal(), f.getJSchProposal());
            case JSchChangedHostKeyException f -> "the host key has changed";
            case JSchUnknownHostKeyException f -> "the host key is not known";
            default -> {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                yield SshLogin.text(root);
            }
        };
    }

    /** JSch would write to the process's own error stream. */
    private static final class SilentLogger implements com.jcraft.jsch.Logger {
        @Override
        public boolean isEnabled(int level) {
            return false;
        }

        @Override
        public void log(int level, String message) {
            // The result is what counts.
        }
    }
}
