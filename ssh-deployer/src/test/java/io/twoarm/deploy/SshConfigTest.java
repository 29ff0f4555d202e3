package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
    private static final Path KEY = Path.of("/keys/standard");
    private static final Path KNOWN = Path.of("/keys/known");

    @TempDir
    private Path directory;

    private SshTarget resolve(String config, String address, int port) throws Exception {
        Path file = Files.writeString(directory.resolve("config"), config);
        return SshConfig.read(file)
                .resolve(new SshTarget("lb1", address, port, "root", KEY, KNOWN), Optional.empty(), Optional.empty());
    }

    @Test
    void anAliasGetsItsAddressPortKeyAndKnownHosts() throws Exception {
        SshTarget target = resolve("""
                Host edge-*
                    Port 2022
                    IdentityFile /keys/edge
                    UserKnownHostsFile /keys/edge-known
                Host edge-1
                    HostName 192.0.2.10
                """, "edge-1", 22);

        assertThat(target)
                .isEqualTo(new SshTarget(
                        "lb1", "192.0.2.10", 2022, "root", Path.of("/keys/edge"), Path.of("/keys/edge-known")));
    }

    @Test
    void aHostThatIsNotInTheFileStaysAsItIs() throws Exception {
        assertThat(resolve("Host other\n    Port 2022\n", "192.0.2.10", 22))
                .isEqualTo(new SshTarget("lb1", "192.0.2.10", 22, "root", KEY, KNOWN));
    }

    @Test
    void thePortOfTheProjectPrevails() throws Exception {
        assertThat(resolve("Host *\n    Port 2022\n", "192.0.2.10", 2222).port())
                .isEqualTo(2222);
    }

    @Test
    void aWayThroughSeveralJumpHostsIsFollowedHopByHop() throws Exception {
        SshTarget target = resolve("""
                Host lb
                    HostName 10.0.0.1
                    ProxyJump first,admin@second:2200
                Host first
                    HostName 192.0.2.1
                    User jumper
                    IdentityFile /keys/first
                """, "lb", 22);

        SshTarget second = target.jump().orElseThrow();
        assertThat(second.address()).isEqualTo("second");
        assertThat(second.port()).isEqualTo(2200);
        assertThat(second.user()).isEqualTo("admin");
        SshTarget first = second.jump().orElseThrow();
        assertThat(first.address()).isEqualTo("192.0.2.1");
        assertThat(first.user()).isEqualTo("jumper");
        assertThat(first.identity()).isEqualTo(Path.of("/keys/first"));
        assertThat(first.jump()).isEmpty();
    }

    @Test
    void jumpHostsThatLeadInACircleAreRefused() {
        assertThatThrownBy(() -> resolve("Host a\n    ProxyJump b\nHost b\n    ProxyJump a\n", "a", 22))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in a circle");
    }

    @Test
    void aJumpHostThatIsNoHostIsNamed() {
        assertThatThrownBy(() -> resolve("Host a\n    ProxyJump ssh://b/\n", "a", 22))
                .hasMessageContaining("ssh://b/")
                .hasMessageContaining("[user@]host[:port]");
    }

    @Test
    void aFileThatDoesNotExistHasNoEntries() {
        SshTarget target = new SshTarget("lb1", "192.0.2.10", 22, "root", KEY, KNOWN);

        assertThat(SshConfig.read(directory.resolve("nothing")).resolve(target, Optional.empty(), Optional.empty()))
                .isEqualTo(target);
    }
}
