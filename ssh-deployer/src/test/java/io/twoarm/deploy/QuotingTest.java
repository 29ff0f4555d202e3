package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.HostDesign.WantedFile;
import io.twoarm.deploy.HostFacts.FileState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names and values that a shell would read otherwise, through every kind of step that takes one. */
@Timeout(300)
class QuotingTest {
    private static final List<String> ODD = List.of(
            "a b",
            "it's",
            "\"quoted\"",
            "$HOME",
            "${x}",
            "`touch HARM`",
            "$(touch HARM)",
            "*",
            "?[a-z]",
            "a;touch HARM",
            "a&b|c<d>e",
            "back\\slash\\n",
            "-rf",
            "--",
            "%s%n",
            "#no comment",
            "!1",
            "~",
            "{a,b}",
            "x=y",
            "\u00fcml\u00e4ut");

    @TempDir
    private Path folder;

    private ImitatedHost host;
    private Path etc;

    @BeforeEach
    void start() throws IOException {
        host = ImitatedHost.in(Files.createDirectory(folder.resolve("host")));
        etc = folder.resolve("etc");
    }

    private Path path(String odd) {
        return etc.resolve(odd).resolve("file " + odd);
    }

    private WantedFile wanted(String odd, String text) {
        return WantedFile.of(path(odd).toString(), 0640, text, "for the test");
    }

    private static HostChange change(List<WantedFile> puts, List<String> removals) {
        return new HostChange(puts, removals, Optional.empty(), List.of(), false, List.of(), List.of(), List.of());
    }

    @Test
    void everyFileArrivesIsReadAndGoesUnderItsOwnName() throws Exception {
        List<WantedFile> files =
                ODD.stream().map(odd -> wanted(odd, "of " + odd + "\n$(x)\n")).toList();

        host.launch("20260101T000000-1", change(files, List.of()));
        assertThat(host.await("20260101T000000-1")).endsWith("result waiting\n");
        assertThat(host.transaction("20260101T000000-1", "confirm")).isEqualTo("committed\n");

        for (WantedFile file : files) {
            assertThat(Path.of(file.path())).hasContent(file.text());
            assertThat(mode(file)).isEqualTo("rw-r-----");
        }
        assertThat(facts(files)).containsExactlyElementsOf(regular(files));
        assertThat(contents())
                .containsExactlyElementsOf(
                        ODD.stream().map(odd -> path(odd).toString()).toList());

        // Half of them go and half change; then all is taken back.
        List<WantedFile> changed = ODD.stream()
                .skip(ODD.size() / 2)
                .map(odd -> wanted(odd, "other\n"))
                .toList();
        List<String> removed = ODD.stream()
                .limit(ODD.size() / 2)
                .map(odd -> path(odd).toString())
                .toList();
        host.launch("20260101T000001-1", change(changed, removed));
        assertThat(host.await("20260101T000001-1")).endsWith("result waiting\n");
        assertThat(removed).noneMatch(gone -> Files.exists(Path.of(gone)));
        assertThat(Path.of(changed.getFirst().path())).hasContent("other\n");
        host.transaction("20260101T000001-1", "recover");
        assertThat(host.await("20260101T000001-1")).contains("result restored\n");

        for (WantedFile file : files) {
            assertThat(Path.of(file.path())).hasContent(file.text());
        }
        assertNoHarm(files.size());
    }

    private static String mode(WantedFile file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file.path())));
    }

    /** Nothing but the files that were asked for, and nothing that an expansion would have made. */
    private void assertNoHarm(int files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .doesNotContain("HARM");
        }
        try (Stream<Path> all = Files.walk(etc)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(files);
        }
        assertThat(Path.of("HARM")).doesNotExist();
    }

    private List<FileState> facts(List<WantedFile> files) throws IOException {
        String told = host.run(
                RemoteScript.FACTS,
                List.of(),
                files.stream().map(file -> "file:" + file.path()).toArray(String[]::new));
        HostFacts facts = HostFacts.parse("odd", told);
        return files.stream().map(file -> facts.files().get(file.path())).toList();
    }

    private List<FileState> regular(List<WantedFile> files) throws IOException {
        PosixFileAttributes own = Files.readAttributes(etc, PosixFileAttributes.class);
        String owner = own.owner().getName() + ":" + own.group().getName();
        return files.stream()
                .<FileState>map(file -> new FileState.Regular("640", owner, file.digest()))
                .toList();
    }

    /** The paths of what the script that reads files for a plan takes for private, as all of these are. */
    private List<String> contents() throws IOException {
        return host.run(
                        RemoteScript.CONTENTS,
                        List.of(),
                        ODD.stream().map(odd -> path(odd).toString()).toArray(String[]::new))
                .lines()
                .map(line -> line.split("\t", -1)[1])
                .toList();
    }

    @Test
    void anUploadIsPutWhereItsNameSays() throws Exception {
        Files.createDirectories(etc);
        for (String odd : ODD) {
            Path file = etc.resolve("up " + odd);
            byte[] bytes = ("content of " + odd).getBytes(StandardCharsets.UTF_8);

            host.run(
                    RemoteScript.UPLOAD,
                    List.of(new ByteArrayInputStream(bytes)),
                    file.toString(),
                    "0644",
                    Integer.toString(bytes.length));

            assertThat(file).hasBinaryContent(bytes);
            assertThat(host.run(RemoteScript.CONTENTS, List.of(), file.toString()))
                    .isEqualTo("content\t%s\t%s\n"
                            .formatted(file, Base64.getEncoder().encodeToString(bytes)));
        }
        assertNoHarm(ODD.size());
    }

    @Test
    void wordsOfCommandsAndArgumentsOfScriptsArriveAsTheyAre() throws Exception {
        List<String> words = new ArrayList<>(ODD);
        words.addAll(List.of("", " ", "new\nline", "tab\there", "\r", "'", "''", "\\'"));

        List<String> check = new ArrayList<>(List.of("env", "printf", "%s\\0"));
        check.addAll(words);
        assertThat(printed(RemoteCommand.of(check))).isEqualTo(words);
        assertThat(printed(RemoteCommand.script("printf '%s\\0' \"$@\"", words)))
                .isEqualTo(words);
        for (PackageManager manager : PackageManager.values()) {
            List<String> install = manager.install(words);
            assertThat(install.subList(install.size() - words.size(), install.size()))
                    .isEqualTo(words);
        }
    }

    /** What a command prints between NULs when a shell reads its line. */
    private static List<String> printed(RemoteCommand command) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", command.line()).start();
        try (var out = shell.getOutputStream();
                var in = command.input().open()) {
            in.transferTo(out);
        }
        String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
    }
}
