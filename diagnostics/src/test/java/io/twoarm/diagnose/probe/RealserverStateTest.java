package io.twoarm.diagnose.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealserverStateTest {
    private static final RealserverPool.Member RS1 =
            new RealserverPool.Member("rs1", IpLiteral.parse("192.168.229.1"), 80, 1);
    private static final String HEALTHY = """
            address=yes
            listener=LISTEN 0      511    0.0.0.0:80 0.0.0.0:*
            route=[{"dst":"192.168.229.204","from":"192.168.229.1","dev":"eth0","flags":[],"uid":0,"cache":[]}]
            next=192.168.229.204
            neighbour=[{"dst":"192.168.229.204","dev":"eth0","lladdr":"02:54:41:00:03:00","state":["REACHABLE"]}]
            filter=
            iptables=
            rp_filter=0
            rp_filtered=0
            toa_unit=twoarm-toa
            toa_state=active
            toa_module=
            """;

    private static RealserverState state(String facts) {
        return RealserverState.of(RS1, IpLiteral.parse("192.168.229.204"), facts);
    }

    private static Optional<ProbeFinding> broken(String facts, boolean silent) {
        List<ProbeFinding> findings = state(facts).findings(Optional.empty(), false, silent);
        return findings.stream().filter(ProbeFinding::isBroken).findFirst();
    }

    @Test
    void aHealthyRealserverHasNothingBroken() {
        assertThat(broken(HEALTHY, false)).isEmpty();
        assertThat(state(HEALTHY).clientAddress().isBroken()).isFalse();
    }

    @Test
    void theFirstThingThatIsBrokenIsNamedWithItsEvidence() {
        assertThat(broken(HEALTHY.replace("address=yes", "address=no"), false)
                        .orElseThrow()
                        .evidence())
                .isEqualTo("no interface has it");
        assertThat(broken(HEALTHY.replaceAll("listener=.*", "listener="), false)
                        .orElseThrow()
                        .evidence())
                .isEqualTo("nobody listens");
        assertThat(broken(HEALTHY.replaceAll("route=.*", "route=RTNETLINK answers: Network is unreachable"), false)
                        .orElseThrow()
                        .evidence())
                .contains("Network is unreachable");
        assertThat(broken(HEALTHY.replace("\"dev\"", "\"gateway\":\"192.168.229.2\",\"dev\""), false)
                        .orElseThrow()
                        .evidence())
                .isEqualTo("wrong gateway: they go via 192.168.229.2 dev eth0");
        assertThat(broken(HEALTHY.replace("REACHABLE", "FAILED"), false)
                        .orElseThrow()
                        .check())
                .contains("192.168.229.204 answers ARP");
    }

    @Test
    void aFilterIsTheCauseOnlyWhenNothingIsAnswered() {
        String filtered = HEALTHY.replace("filter=\niptables", "filter=tcp dport 80 drop;\niptables");

        assertThat(broken(filtered, false)).isEmpty();
        assertThat(broken(filtered, true).orElseThrow().evidence()).contains("tcp dport 80 drop");
    }

    @Test
    void theReversePathFilterIsTheCauseWhenItsCounterSaysSo() {
        String dropping = HEALTHY.replace("rp_filtered=0", "rp_filtered=12").replace("rp_filter=0", "rp_filter=1");

        assertThat(broken(dropping, true).orElseThrow().evidence())
                .startsWith("12 packets were dropped by it")
                .endsWith("rp_filter is 1");
    }

    @Test
    void aDesignedGatewayIsExpected() {
        String via = HEALTHY.replace("\"dev\"", "\"gateway\":\"192.168.229.254\",\"dev\"");
        Optional<java.net.InetAddress> designed = Optional.of(IpLiteral.parse("192.168.229.254"));

        assertThat(state(via).findings(designed, false, false)).noneMatch(ProbeFinding::isBroken);
        assertThat(state(HEALTHY).findings(designed, false, false)).anyMatch(ProbeFinding::isBroken);
    }

    @Test
    void programsSeeTheClientByTwoarmToaOrAModuleWhoeverBroughtIt() {
        String byModule = HEALTHY.replace("toa_unit=twoarm-toa", "toa_unit=twoarm-toa-module");

        assertThat(state(HEALTHY).clientAddress().evidence()).isEqualTo("twoarm-toa is active");
        assertThat(state(byModule.replace("toa_module=", "toa_module=twoarm_toa"))
                        .clientAddress())
                .satisfies(finding -> assertThat(finding.isBroken()).isFalse())
                .satisfies(finding -> assertThat(finding.evidence()).isEqualTo("the module twoarm_toa is loaded"));
        assertThat(state(HEALTHY.replace("toa_state=active", "toa_state=inactive")
                                .replace("toa_module=", "toa_module=toa"))
                        .clientAddress()
                        .isBroken())
                .isFalse();
    }

    @Test
    void withoutUnitAndModuleProgramsDoNotSeeTheClient() {
        String byModule = HEALTHY.replace("toa_unit=twoarm-toa", "toa_unit=twoarm-toa-module");

        assertThat(clientUnseen(HEALTHY.replace("toa_state=active", "toa_state=inactive")))
                .isEqualTo("twoarm-toa is inactive");
        assertThat(clientUnseen(byModule.replace("toa_state=active", "toa_state=failed")))
                .isEqualTo("twoarm-toa-module is failed");
        assertThat(clientUnseen(byModule)).isEqualTo("twoarm-toa-module is active, and its module is not loaded");
        assertThat(clientUnseen(HEALTHY.replaceAll("toa_(unit|state)=.*\n", "")))
                .isEqualTo("neither twoarm-toa nor a TOA module is there");
    }

    private static String clientUnseen(String facts) {
        ProbeFinding finding = state(facts).clientAddress();
        assertThat(finding.isBroken()).isTrue();
        return finding.evidence();
    }
}
