package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.lab.Impairment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The starter of a NAT gateway pair on real hosts: keepalived, conntrackd and nftables as they were generated. */
@Tag("lab")
@Timeout(600)
class NatGatewayPairTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final TwoArmEngine engine = new TwoArmEngine(
            Path.of(System.getProperty("twoarm.root"), "director-daemon/target/bundle/twoarm-director.tar.gz"));

    @TempDir
    Path folder;

    @Test
    void aDownloadGoesOnWhenTheRouterThatCarriesItIsLost() throws Exception {
        OpenProject project = engine.create("nat-gateway-pair", folder.resolve("pair"));
        LabSession lab =
                engine.startLab(project, "natpair-" + ProcessHandle.current().pid(), true, line -> {});
        try (SshConnections connections = new SshConnections()) {
            DeployReport deployment = engine.deploy(project, lab.estate(), event -> {});
            assertThat(deployment.succeeded()).as("%s", deployment).isTrue();
            SshConnection first = host(connections, lab, "r1");
            SshConnection second = host(connections, lab, "r2");
            SshConnection client = host(connections, lab, "pc1");
            SshConnection server = host(connections, lab, "server");
            await("r1 is master", () -> hasAddress(first, "10.10.0.101") && hasAddress(first, "192.168.100.1"));
            await("conntrackd runs on both", () -> isActive(first) && isActive(second));

            assertThat(shell(client, "curl -sS --max-time 10 http://203.0.113.80/")
                            .stdout())
                    .as("the server sees the address that moves")
                    .startsWith("10.10.0.101");
            assertThat(shell(server, "ping -c 1 -W 1 192.168.100.11 || curl -sS --max-time 2 http://10.10.0.101/")
                            .succeeded())
                    .as("nobody gets in from outside")
                    .isFalse();
            shell(server, "mkdir -p /srv/twoarm && head -c 8000000 /dev/urandom >/srv/twoarm/file");
            // The wire is slow: how fast a program reads would not keep all of it from coming at once.
            lab.impair("server", "eth0", new Impairment(0, Duration.ZERO, 4_000, false));
            shell(
                    client,
                    "systemd-run --quiet --unit download curl -sS --speed-time 40 -o /root/file"
                            + " http://203.0.113.80/files/file");
            await("the download has begun", () -> size(client) > 500_000);
            await(
                    "r2 knows of it",
                    () -> shell(second, "conntrackd -e").stdout().contains("dport=80"));

            // Both arms at once, as when the machine loses its power.
            shell(
                    first,
                    "ip link set eth0 down; ip link set eth2 down; systemctl --no-block stop keepalived conntrackd");
            await("r2 is master", () -> hasAddress(second, "10.10.0.101") && hasAddress(second, "192.168.100.1"));
            long atTakeover = size(client);
            await(
                    "the download ends",
                    () -> !shell(client, "systemctl is-active download")
                            .stdout()
                            .startsWith("active"));

            assertThat(atTakeover)
                    .as("it was under way when the router was lost")
                    .isLessThan(8_000_000);
            assertThat(shell(client, "sha256sum </root/file").stdout())
                    .isEqualTo(shell(server, "sha256sum </srv/twoarm/file").stdout());
        } finally {
            lab.stop();
        }
    }

    private static SshConnection host(SshConnections connections, LabSession lab, String name) {
        return connections.open(lab.estate().target(name).orElseThrow());
    }

    private static CommandResult shell(SshConnection host, String script) {
        return host.script(script);
    }

    private static boolean hasAddress(SshConnection host, String address) {
        return shell(host, "ip -o addr").stdout().contains(" " + address + "/");
    }

    private static boolean isActive(SshConnection host) {
        return shell(host, "conntrackd -s >/dev/null").succeeded();
    }

    private static long size(SshConnection client) {
        String text = shell(client, "stat -c %s /root/file 2>/dev/null || echo 0")
                .stdout()
                .strip();
        return Long.parseLong(text);
    }

    private static void await(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(limit);
            LockSupport.parkNanos(200_000_000);
        }
    }
}
