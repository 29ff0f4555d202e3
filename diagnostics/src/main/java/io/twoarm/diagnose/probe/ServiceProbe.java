package io.twoarm.diagnose.probe;

import java.util.List;
import java.util.Optional;

/**
 * What a probe found about one service.
 *
 * @param client the host that the connections came from
 * @param answered how many of the connections were answered
 * @param findings in the order in which a packet meets what they are about
 */
public record ServiceProbe(String service, String client, int connections, int answered, List<ProbeFinding> findings) {
    public ServiceProbe {
        findings = List.copyOf(findings);
    }

    /** The first broken link. */
    public Optional<ProbeFinding> broken() {
        return findings.stream().filter(ProbeFinding::isBroken).findFirst();
    }
}
