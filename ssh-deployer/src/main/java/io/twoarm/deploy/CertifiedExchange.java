package io.twoarm.deploy;

import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.kex.DHGClient;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.session.Session;

/**
 * A key exchange (RFC 4253, section 8) that leaves the judgement of a host certificate to {@link HostKeyCheck}.
 *
 * <p>The library would compare the certificate with the address that it connected to, which is the near end of the way when
 * a jump host is in between, and would not say what is wrong in a form for people. That the server has the certified key is
 * proven by the exchange itself, as for any other key.
 */
final class CertifiedExchange extends DHGClient {
    private CertifiedExchange(DHFactory factory, Session session) {
        super(factory, session);
    }

    @Override
    protected void verifyCertificate(Session session, OpenSshCertificate certificate) {
        // HostKeyCheck does, when the exchange is done and before anything is sent.
    }

    /** All that the library has, in its order. */
    static List<KeyExchangeFactory> factories() {
        return NamedFactory.setUpTransformedFactories(
                true,
                ClientBuilder.DEFAULT_KEX_PREFERENCE,
                factory -> factory.isGroupExchange() ? ClientBuilder.DH2KEX.apply(factory) : new Factory(factory));
    }

    /** Those among factories that can handle certificates; group exchange cannot. */
    static List<KeyExchangeFactory> only(List<KeyExchangeFactory> factories) {
        return factories.stream().filter(Factory.class::isInstance).toList();
    }

    private record Factory(DHFactory algorithm) implements KeyExchangeFactory {
        @Override
        public String getName() {
            return algorithm.getName();
        }

        @Override
        public KeyExchange createKeyExchange(Session session) {
            return new CertifiedExchange(algorithm, session);
        }
    }
}
