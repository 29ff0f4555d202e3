package io.twoarm.diagnose.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.diagnose.TestTopologies;
import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final Topology TWO_ARM = TestTopologies.starter("two-arm-fullnat");
    private static final TraceRequest TO_VIP = TraceRequest.tcp("client", IpLiteral.parse("10.0.96.204"), 80);

    private static Trace trace(String... lines) {
        TraceOutput output = new TraceOutput(new AddressNames(TWO_ARM), PathTrace.predicted(TWO_ARM, TO_VIP));
        List<TraceHop> hops = List.of(lines).stream()
                .flatMap(line -> output.hop(line).stream())
                .toList();
        return new Trace(TO_VIP, hops, true, Optional.empty());
    }

    @Test
    void hopsGetTheNamesOfTheTopologyAndThePredictedHosts() {
        Trace trace = trace(
                "traceroute to 10.0.96.204 (10.0.96.204), 30 hops max, 60 byte packets",
                " 1  172.16.0.254  0.142 ms",
                " 2  10.0.96.204  0.353 ms");

        assertThat(trace.hops()).hasSize(2);
        assertThat(trace.hops().get(0).owner()).hasToString("Optional[gateway eth0]");
        assertThat(trace.hops().get(0).millis()).isEqualTo(0.142);
        assertThat(trace.hops().get(1).owner()).hasToString("Optional[director VIP of web]");
        assertThat(trace.hops()).noneMatch(TraceHop::surprising);
    }

    @Test
    void silentHopsMarksAndIpv6AreRead() {
        Trace trace = trace(" 1  *", " 2  172.16.0.254  0.022 ms !N", " 3  2001:db8::1  1.5 ms");

        assertThat(trace.hops().get(0).address()).isEmpty();
        assertThat(trace.hops().get(1).mark()).isEqualTo("!N");
        assertThat(trace.hops().get(1).surprising())
                .as("the design has the director here")
                .isTrue();
        assertThat(trace.hops().get(2).address()).contains(IpLiteral.parse("2001:db8::1"));
    }

    @Test
    void aSecondTraceThatIsShorterHasLearntARedirect() {
        Trace before = trace(" 1  172.16.0.254  0.1 ms", " 2  10.0.96.204  0.3 ms");
        Trace after = trace(" 1  10.0.96.204  0.3 ms");

        assertThat(PathTrace.learnt(before, after).orElseThrow())
                .startsWith("2 hops, then 1")
                .contains("gateway")
                .contains("send_redirects=0");
        assertThat(PathTrace.learnt(before, before)).isEmpty();
    }

    @Test
    void theKernelsChoiceTellsARedirect() {
        assertThat(RouteChoice.ofJson("""
                        [{"dst":"192.168.1.254","gateway":"192.168.1.1","dev":"eth0","prefsrc":"192.168.1.2",
                        "flags":[],"uid":0,"cache":["redirected"],"expires":299}]""").orElseThrow().text())
                .isEqualTo("via 192.168.1.1 dev eth0 src 192.168.1.2, learnt by an ICMP redirect");
        assertThat(RouteChoice.ofJson("[]")).isEmpty();
        assertThat(RouteChoice.ofJson("RTNETLINK answers")).isEmpty();
    }

    @Test
    void anImpossibleRequestIsRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> TraceRequest.tcp("client", IpLiteral.parse("10.0.0.1"), 0))
                .hasMessage("the port must be 1 to 65535, found 0");
    }
}
