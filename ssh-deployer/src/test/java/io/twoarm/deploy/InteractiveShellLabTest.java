package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A terminal on a host whose server is OpenSSH's own. */
@Tag("lab")
@Timeout(600)
class InteractiveShellLabTest {
    private static LabHosts hosts;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        hosts = LabHosts.start("shell-" + ProcessHandle.current().pid());
    }

    @AfterAll
    static void stop() {
        hosts.close();
    }

    @Test
    void whatIsTypedRunsInATerminalOfThatSizeWhichMayChange() throws Exception {
        try (InteractiveShell shell = InteractiveShell.open(new SshConnections(), hosts.target("alpha"), 100, 30)) {
            type(shell, "stty size; tty; echo TERM=$TERM; echo first-$((40 + 2))\n");
            assertThat(readUntil(shell, "first-42")).contains("30 100", "/dev/pts/", "TERM=xterm-256color");

            shell.resize(120, 40);
            type(shell, "stty size; echo second-$((40 + 3))\n");
            assertThat(readUntil(shell, "second-43")).contains("40 120");

            type(shell, "exit\n");
            shell.output().transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Test
    void aHostWhoseKeyIsNotKnownGetsNoTerminal() throws Exception {
        SshTarget known = hosts.target("alpha");
        Path none = Files.createFile(directory.resolve("known_hosts"));
        SshTarget unknown =
                new SshTarget(known.host(), known.address(), known.port(), known.user(), known.identity(), none);

        assertThatThrownBy(() -> InteractiveShell.open(new SshConnections(), unknown, 80, 24))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining(none.toString());
    }

    private static void type(InteractiveShell shell, String text) throws Exception {
        shell.input().write(text.getBytes(StandardCharsets.UTF_8));
        shell.input().flush();
    }

    private static String readUntil(InteractiveShell shell, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        InputStream in = shell.output();
        byte[] buffer = new byte[4096];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            if (text.indexOf(end) >= 0) {
                return text.toString();
            }
        }
        throw new AssertionError("the shell ended after: " + text);
    }
}
