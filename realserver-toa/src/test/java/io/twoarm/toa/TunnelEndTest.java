package io.twoarm.toa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets in tunnels on a real wire, and the kernel's stack behind the end of it. */
@Tag("lab")
class TunnelEndTest {
    private static final String RESOURCES = "src/test/resources/io/twoarm/toa/";

    @TempDir
    Path directory;

    @Test
    void whatComesInATunnelReachesTheAddressThatIsInside() throws Exception {
        Path loader = Files.writeString(directory.resolve("twoarm-tunnel"), TunnelEnd.loader());

        Outcome outcome = Outcome.of("unshare", "--net", "--mount", "bash", RESOURCES + "tunnel.sh", loader.toString());

        assertThat(outcome.status()).as(outcome.text()).isZero();
        assertThat(outcome.text())
                .contains("over IPv4 from 10.99.0.1 1000", "over IPv6 from 10.99.0.1 1000")
                .contains("taken out by")
                .endsWith("closed\n");
    }

    @Test
    void wrongUseIsAnsweredWithTheVerbs() throws Exception {
        Path loader = Files.writeString(directory.resolve("twoarm-tunnel"), TunnelEnd.loader());
        Outcome outcome = Outcome.of("bash", loader.toString(), "open", "ipv5", "eth0");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text()).contains("open ipv4|ipv6|both PORT... | close PORT... | status");
    }
}
