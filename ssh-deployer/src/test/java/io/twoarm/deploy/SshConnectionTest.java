package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SshConnectionTest {
    @TempDir
    Path directory;

    private LoopbackServer server;
    private SshConnections connections;

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.start(directory);
        connections = new SshConnections();
    }

    @AfterEach
    void stop() throws Exception {
        connections.close();
        server.close();
    }

    private SshConnection open() {
        return connections.open(server.target());
    }

    @Test
    void everyArgumentArrivesByteForByte() {
        List<String> words = List.of(
                "",
                " ",
                "a b",
                "it's",
                "\"",
                "$HOME",
                "`id`",
                "\\",
                "*",
                "~",
                "new\nline",
                "é中",
                "a=b",
                "-n",
                "#x",
                "; rm -rf x",
                "!",
                "{a,b}",
                "%s",
                "'\\''");
        List<String> command = new ArrayList<>(List.of("printf", "<%s>"));
        command.addAll(words);

        CommandResult result = open().run(RemoteCommand.of(command)).orThrow();

        assertThat(result.stdout()).isEqualTo("<" + String.join("><", words) + ">");
    }

    @Test
    void statusAndBothOutputsComeBack() {
        CommandResult result = open().run("sh", "-c", "echo out; echo err >&2; exit 7");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThatThrownBy(result::orThrow)
                .hasMessageContaining("director1")
                .hasMessageContaining("ended with status 7")
                .hasMessageContaining("| err");
    }

    @Test
    void aScriptGetsItsArgumentsAndCannotEatItself() {
        CommandResult result = open().script("cat\nprintf '%s/' \"$@\"\nexit 3", "one", "two words");

        assertThat(result.stdout()).isEqualTo("one/two words/");
        assertThat(result.status()).isEqualTo(3);
    }

    @Test
    void outputBeyondTheLimitIsDroppedAndSaidSo() {
        CommandResult result =
                open().run(RemoteCommand.of("head", "-c", "300000", "/dev/zero").withOutputLimit(1000));

        assertThat(result.succeeded()).isTrue();
        assertThat(result.stdout()).hasSize(1000);
        assertThat(result.truncated()).isTrue();
    }

    @Test
    void aCommandThatTakesTooLongIsGivenUp() {
        Throwable failure =
                catchThrowable(() -> open().run(RemoteCommand.of("sleep", "30").withLimit(Duration.ofMillis(300))));

        assertThat(failure).hasMessageContaining("sleep 30").hasMessageContaining("0.3 s");
        assertThat(((DeployException) failure).failure()).isInstanceOf(DeployFailure.TimedOut.class);
        assertThat(open().run("true").succeeded())
                .as("the connection is still good")
                .isTrue();
    }

    @Test
    void oneConnectionServesAllCommands() {
        for (int i = 0; i < 5; i++) {
            open().run("true").orThrow();
        }

        assertThat(server.sessions).hasSize(1);
    }

    @Test
    void manyCommandsAtOnceTakeTurns() throws Exception {
        SshConnection connection = open();
        List<CompletableFuture<String>> answers = IntStream.range(0, 30)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> connection.run("echo", "answer " + i).orThrow().stdout(), Thread::startVirtualThread))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get(120, TimeUnit.SECONDS)).isEqualTo("answer " + i + "\n");
        }
    }

    @Test
    void anUploadedFileIsTheSameAndHasItsMode() throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        Path remote = directory.resolve("it's a file");

        open().upload(content, remote.toString(), 0640);

        assertThat(Files.readAllBytes(remote)).isEqualTo(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(remote)))
                .isEqualTo("rw-r-----");
        assertThat(open().readFile(remote.toString(), content.length)).isEqualTo(content);
    }

    @Test
    void anUploadThatCannotBeWrittenNamesTheFile() {
        String path = directory.resolve("missing/file").toString();

        assertThatThrownBy(() -> open().upload(new byte[10], path, 0644))
                .asInstanceOf(type(DeployException.class))
                .extracting(DeployException::failure)
                .isInstanceOf(DeployFailure.FileUnwritable.class);
        assertThat(directory.resolve("missing")).doesNotExist();
    }

    @Test
    void anInterruptedUploadLeavesTheOldFile() throws Exception {
        Path remote = directory.resolve("config");
        Files.writeString(remote, "old");
        SshConnection connection = open();
        CompletableFuture<Void> half = new CompletableFuture<>();
        RemoteCommand.Input cutInTheMiddle = () -> new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (sent == 10_000) {
                    half.complete(null);
                    server.cut();
                }
                sent++;
                return 'n';
            }
        };

        assertThatThrownBy(() -> connection.upload(cutInTheMiddle, 1 << 30, remote.toString(), 0644))
                .asInstanceOf(type(DeployException.class))
                .extracting(DeployException::failure)
                .isInstanceOf(DeployFailure.ConnectionLost.class);

        assertThat(half).isCompleted();
        assertThat(Files.readString(remote)).isEqualTo("old");
        Waiting.until("the temporary file is gone", () -> {
            try (var files = Files.list(directory)) {
                return files.noneMatch(file -> file.getFileName().toString().startsWith("config.twoarm"));
            }
        });
    }

    @Test
    void readingAMissingOrTooLargeFileSaysSo() throws Exception {
        Path large = Files.write(directory.resolve("large"), new byte[2000]);

        assertThatThrownBy(() -> open().readFile(directory.resolve("none").toString(), 10))
                .hasMessageContaining("No such file");
        assertThatThrownBy(() -> open().readFile(large.toString(), 1999))
                .hasMessageContaining("larger than 1999 bytes");
    }

    @Test
    void aStreamDeliversLinesWhileTheCommandRuns() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Path go = directory.resolve("go");

        try (CommandStream stream = open().stream(
                RemoteCommand.of(
                        "sh",
                        "-c",
                        "echo first; while ! [ -e \"$1\" ]; do sleep 0.05; done; echo second; exit 4",
                        "sh",
                        go.toString()),
                lines::add)) {
            assertThat(lines.poll(120, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(stream.ended()).isNotDone();
            Files.createFile(go);
            assertThat(lines.poll(120, TimeUnit.SECONDS)).isEqualTo("second");
            assertThat(stream.ended().get(120, TimeUnit.SECONDS).status()).isEqualTo(4);
        }
    }

    @Test
    void closingAStreamEndsTheCommandOnTheHost() throws Exception {
        CommandStream stream = startSilentCommand();
        ProcessHandle command = silentCommand();

        stream.close();

        command.onExit().get(120, TimeUnit.SECONDS);
        assertThatThrownBy(() -> stream.ended().get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void aLostConnectionEndsTheStreamHereAndTheCommandThere() throws Exception {
        CommandStream stream = startSilentCommand();
        ProcessHandle command = silentCommand();

        server.cut();

        command.onExit().get(120, TimeUnit.SECONDS);
        assertThatThrownBy(() -> stream.ended().get(120, TimeUnit.SECONDS))
                .cause()
                .asInstanceOf(type(DeployException.class))
                .extracting(DeployException::failure)
                .isInstanceOf(DeployFailure.ConnectionLost.class);
    }

    /** Writes its process number to a file and is silent from then on. */
    private CommandStream startSilentCommand() {
        return open().stream(
                RemoteCommand.of(
                        "sh",
                        "-c",
                        "echo $$ >\"$1\".new; mv \"$1\".new \"$1\"; exec sleep 600",
                        "sh",
                        pidFile().toString()),
                line -> {});
    }

    private ProcessHandle silentCommand() throws Exception {
        Waiting.until("the command runs", () -> Files.exists(pidFile()));
        return ProcessHandle.of(Long.parseLong(
                        Files.readString(pidFile(), StandardCharsets.UTF_8).strip()))
                .orElseThrow();
    }

    private Path pidFile() {
        return directory.resolve("pid");
    }

    @Test
    void theNextUseAfterALostConnectionConnectsAnew() {
        SshConnection first = open();
        server.cut();
        Waiting.until("the loss is noticed", () -> !first.isOpen());

        assertThat(open().run("true").succeeded()).isTrue();
        assertThat(server.sessions).hasSize(2);
    }

    @Test
    void aCutDuringACommandIsAConnectionLost() {
        SshConnection connection = open();
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> connection.run(
                        "sh",
                        "-c",
                        "touch \"$1\"; exec sleep 20",
                        "sh",
                        pidFile().toString())),
                Thread::startVirtualThread);
        Waiting.until("the command runs", () -> Files.exists(pidFile()));

        server.cut();

        assertThat(failure.join())
                .asInstanceOf(type(DeployException.class))
                .extracting(DeployException::failure)
                .isInstanceOf(DeployFailure.ConnectionLost.class);
    }

    @Test
    void interruptingTheCallerCancelsItsCommand() throws Exception {
        SshConnection connection = open();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> failure.complete(catchThrowable(() -> connection.run(
                "sh", "-c", "touch \"$1\"; exec sleep 20", "sh", pidFile().toString()))));
        Waiting.until("the command runs", () -> Files.exists(pidFile()));

        caller.interrupt();

        assertThat(failure.get(120, TimeUnit.SECONDS))
                .asInstanceOf(type(DeployException.class))
                .extracting(DeployException::failure)
                .isInstanceOf(DeployFailure.Cancelled.class);
    }
}
