package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The NAT64 starter in a lab: curl, nginx and ping of hosts that have one family only. */
@Tag("lab")
class TranslationLabTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** How hosts with IPv6 see the server, by NAT64's prefix. */
    private static final String SERVER_FOR_IPV6 = "64:ff9b::203.0.113.80";
    /** How hosts with IPv4 see web6, by SIIT's mapping. */
    private static final String WEB6_FOR_IPV4 = "198.51.100.80";

    @TempDir
    static Path folder;

    private static final TwoArmEngine ENGINE = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));
    private static final SshConnections CONNECTIONS = new SshConnections();
    private static LabSession lab;

    @BeforeAll
    static void deploy() {
        OpenProject project = ENGINE.create("nat64-gateway", folder.resolve("nat64-gateway"));
        lab = ENGINE.startLab(project, "nat64-" + ProcessHandle.current().pid(), true, line -> {});
        ENGINE.deploy(project, lab.estate(), event -> {});
    }

    @AfterAll
    static void stop() {
        CONNECTIONS.close();
        if (lab != null) {
            lab.stop();
        }
    }

    private static String run(String host, String... command) {
        SshConnection connection = CONNECTIONS.open(lab.estate().target(host).orElseThrow());
        return connection
                .run(RemoteCommand.of(command).withLimit(LIMIT))
                .orThrow()
                .stdout();
    }

    private static String page(String host, String address) {
        return run(host, "curl", "--silent", "--show-error", "--fail", "--retry", "5", "--retry-all-errors", address);
    }

    @Test
    void aHostWithIpv6ReadsAPageOfAServerWithIpv4WhichSeesAnAddressOfThePool() {
        assertThat(page("pc", "http://[" + SERVER_FOR_IPV6 + "]/"))
                .containsPattern("198\\.51\\.100\\.(?:[0-9]|1[0-5])\\b");
    }

    @Test
    void aServerWithIpv6IsReachedFromIpv4AndSeesTheClientInThePrefix() {
        assertThat(page("server", "http://" + WEB6_FOR_IPV4 + "/")).contains("2001:db8:64::cb00:7150");
    }

    @Test
    void bothArePinged() {
        assertThat(run("pc", "ping", "-6", "-c", "3", SERVER_FOR_IPV6)).contains("3 received");
        assertThat(run("server", "ping", "-4", "-c", "3", WEB6_FOR_IPV4)).contains("3 received");
    }
}
