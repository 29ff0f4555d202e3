package io.twoarm.director.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hash against the verification suite that Microsoft publishes for network cards. */
class ToeplitzTest {
    @ParameterizedTest
    @CsvSource({
        "66.9.149.187, 2794, 161.142.100.80, 1766, 51ccc178",
        "199.92.111.2, 14230, 65.69.140.83, 4739, c626b0ea",
        "24.19.198.95, 12898, 12.22.207.184, 38024, 5c2b394a",
        "38.27.205.30, 48228, 209.142.163.6, 2217, afc7327f",
        "153.39.163.191, 44251, 202.188.127.2, 1303, 10e828a2"
    })
    void ipv4WithPortsIsAsPublished(String source, int sourcePort, String destination, int port, String hash) {
        assertThat(Integer.toHexString(Toeplitz.ipv4(number(source), number(destination), sourcePort, port)))
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "3ffe:2501:200:1fff::7, 2794, 3ffe:2501:200:3::1, 1766, 40207d3d",
        "3ffe:501:8::260:97ff:fe40:efab, 14230, ff02::1, 4739, dde51bbf",
        "3ffe:1900:4545:3:200:f8ff:fe21:67cf, 44251, fe80::200:f8ff:fe21:67cf, 38024, 2d1feef"
    })
    void ipv6WithPortsIsAsPublished(String source, int sourcePort, String destination, int port, String hash) {
        Ipv6Address from = Ipv6Address.parse(source);
        Ipv6Address to = Ipv6Address.parse(destination);
        int found = Toeplitz.ipv6(from.high(), from.low(), to.high(), to.low(), sourcePort, port);
        assertThat(Integer.toHexString(found)).isEqualTo(hash);
    }

    private static int number(String address) {
        return (int) Ipv4Address.parse(address).low();
    }

    private static IntPredicate ports(IntToLongFunction rows) {
        return port -> (rows.applyAsLong(port & -64) >>> port & 1) != 0;
    }

    @ParameterizedTest
    @CsvSource({"192.168.229.1, 192.168.229.204", "2001:db8::1, 2001:db8::cc"})
    void everyLocalPortBelongsToOneWorkerAndAllGetAboutAsMany(String from, String to) {
        IpAddress realserver = IpAddress.parse(from);
        IpAddress local = IpAddress.parse(to);
        for (int workers : List.of(2, 3, 4, 16)) {
            List<Integer> counts = new ArrayList<>();
            int all = 0;
            for (int worker = 0; worker < workers; worker++) {
                IntPredicate ours = ports(new WorkerShare(worker, workers).localPorts(realserver, 80, local));
                int count =
                        (int) IntStream.rangeClosed(1025, 65_535).filter(ours).count();
                counts.add(count);
                all += count;
            }
            assertThat(all).isEqualTo(64_511);
            int even = 64_511 / workers;
            assertThat(counts).as(workers + " workers").allMatch(count -> Math.abs(count - even) < even / 5);
        }
    }

    @ParameterizedTest
    @CsvSource({"192.168.229.1, 192.168.229.204", "2001:db8::1, 2001:db8::cc"})
    void whatIsGivenOutIsWhatComesBack(String from, String to) {
        IpAddress realserver = IpAddress.parse(from);
        IpAddress local = IpAddress.parse(to);
        WorkerShare share = new WorkerShare(1, 3);
        IntPredicate ours = ports(share.localPorts(realserver, 80, local));
        assertThat(IntStream.rangeClosed(0, 65_535)
                        .filter(port -> ours.test(port)
                                != share.receives(
                                        realserver.high(), realserver.low(), 80, local.high(), local.low(), port)))
                .isEmpty();
    }
}
