package io.twoarm.director.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twoarm.director.control.client.ControlConnection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {
    @TempDir
    Path folder;

    /** Answers with its arguments. */
    private record Echo() implements ControlCommand {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String usage() {
            return "echo WORD ...";
        }

        @Override
        public String summary() {
            return "Says the words.";
        }

        @Override
        public void run(List<String> arguments, Answer answer) throws ControlException, IOException {
            if (arguments.isEmpty()) {
                throw new ControlException("echo needs a word");
            }
            answer.line(Json.object().put("said", String.join(" ", arguments)).build());
        }
    }

    private ControlServer open(Path socket) throws ControlException, IOException {
        return ControlServer.open(
                socket,
                new CommandRegistry(List.of(new Echo())),
                (name, work) -> Thread.ofPlatform().daemon().name(name).start(work));
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInOrder() throws Exception {
        Path socket = folder.resolve("control");
        try (ControlServer _ = open(socket);
                ControlConnection connection = ControlConnection.open(socket)) {
            assertThat(connection.ask("echo one").text()).isEqualTo("{\"said\":\"one\"}");
            assertThat(connection.ask("echo   two  three").text()).isEqualTo("{\"said\":\"two three\"}");
        }
    }

    @Test
    void aWrongRequestIsAnsweredWithAnErrorAndTheConnectionGoesOn() throws Exception {
        Path socket = folder.resolve("control");
        try (ControlServer _ = open(socket);
                ControlConnection connection = ControlConnection.open(socket)) {
            assertThat(connection.ask("ehco one").text())
                    .contains("unknown command")
                    .contains("echo");
            assertThat(connection.ask("echo").text()).isEqualTo("{\"error\":\"echo needs a word\"}");
            assertThat(connection.ask("echo x").text()).isEqualTo("{\"said\":\"x\"}");
        }
    }

    @Test
    void onlyTheOwnerMayConnect() throws Exception {
        Path socket = folder.resolve("control");
        try (ControlServer _ = open(socket)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsLeftAfterClosing() throws Exception {
        open(folder.resolve("control")).close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSocketThatADeadProcessLeftIsReplaced() throws Exception {
        Path socket = folder.resolve("control");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(socket).exists();

        try (ControlServer _ = open(socket);
                ControlConnection connection = ControlConnection.open(socket)) {
            assertThat(connection.ask("echo x").text()).contains("x");
        }
    }

    @Test
    void aSocketThatAnswersIsNotTakenOver() throws Exception {
        Path socket = folder.resolve("control");
        try (ControlServer _ = open(socket);
                ControlConnection connection = ControlConnection.open(socket)) {
            assertThatExceptionOfType(ControlException.class)
                    .isThrownBy(() -> open(socket))
                    .withMessageContaining("already running");
            assertThat(connection.ask("echo x").text()).contains("x");
        }
    }

    @Test
    void aPathThatIsTooLongForASocketIsNamedWithTheLimit() {
        Path socket = folder.resolve("x".repeat(120));

        assertThatExceptionOfType(ControlException.class)
                .isThrownBy(() -> open(socket))
                .withMessageContaining("too long")
                .withMessageContaining("103 bytes");
    }

    @Test
    void aRequestWithoutEndIsCutOff() throws Exception {
        Path socket = folder.resolve("control");
        try (ControlServer _ = open(socket);
                ControlConnection connection = ControlConnection.open(socket)) {
            connection.send("echo " + "x".repeat(5000));

            assertThat(connection.receive()).isEmpty();
        }
    }
}
