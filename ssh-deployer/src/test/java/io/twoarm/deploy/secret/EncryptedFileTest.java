package io.twoarm.deploy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.SshPrompt;
import io.twoarm.deploy.secret.EncryptedFile.Question;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedFileTest {
    private static final SecretName KEY = SecretName.passphrase(Path.of("/home/ann/.ssh/id_ed25519"));
    private static final SecretName SUDO = SecretName.sudo("ann", "lb1");

    @TempDir
    Path directory;

    private Path file;
    private final List<Question> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();

    @BeforeEach
    void name() {
        file = directory.resolve("twoarm/secrets");
    }

    private EncryptedFile store(String... passphrases) {
        answers.clear();
        answers.addAll(List.of(passphrases));
        return new EncryptedFile(file, question -> {
            asked.add(question);
            return Optional.ofNullable(answers.poll());
        });
    }

    @Test
    void whatIsStoredIsFoundByTheNextRunAndStandsInNoFileInTheClear() throws Exception {
        EncryptedFile first = store("master");
        first.store(KEY, "correct horse\tbattery\nstaple");
        first.store(SUDO, "pässwörd");

        EncryptedFile second = store("master");
        assertThat(second.find(KEY)).hasValue("correct horse\tbattery\nstaple");
        assertThat(second.find(SUDO)).hasValue("pässwörd");
        assertThat(second.find(SecretName.sudo("ann", "lb2"))).isEmpty();
        assertThat(second.names()).containsExactlyInAnyOrder(KEY, SUDO);

        assertThat(asked).containsExactly(Question.NEW, Question.OPEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content).doesNotContain("horse").doesNotContain("id_ed25519").doesNotContain("lb1");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theSameSecretTwiceGivesOtherBytes() throws Exception {
        EncryptedFile store = store("master");
        store.store(KEY, "secret");
        byte[] before = Files.readAllBytes(file);
        store.store(KEY, "secret");

        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
    }

    @Test
    void aWrongPassphraseIsAskedForAgainAndThreeAreEnough() {
        store("master").store(KEY, "secret");

        assertThat(store("wrong", "master").find(KEY)).hasValue("secret");
        assertThatThrownBy(() -> store("1", "2", "3", "master").find(KEY))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("passphrase is wrong");
    }

    @Test
    void aChangedByteAnywhereIsNoticed() throws Exception {
        store("master").store(KEY, "secret");
        byte[] good = Files.readAllBytes(file);
        for (int i : new int[] {0, 20, 24, 30, 44, 60, good.length - 20, good.length - 1}) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);

            assertThatThrownBy(() -> store("master", "master", "master").find(KEY))
                    .as("byte %d", i)
                    .isInstanceOf(SecretException.class);
        }
    }

    @Test
    void whatIsForgottenIsGone() {
        EncryptedFile store = store("master");
        store.store(KEY, "secret");

        assertThat(store.forget(KEY)).isTrue();
        assertThat(store.forget(KEY)).isFalse();
        assertThat(store("master").find(KEY)).isEmpty();
    }

    @Test
    void thePassphraseOfANewFileIsChosenAndThatOfAnOldOneIsTyped() {
        List<String> questions = new ArrayList<>();
        SshPrompt person = new SshPrompt() {
            @Override
            public boolean trusts(DeployFailure.HostKeyUnknown found) {
                return false;
            }

            @Override
            public Optional<String> passphrase(Path identity, boolean again) {
                questions.add((again ? "again " : "open ") + identity);
                return Optional.of(again ? "master" : "wrong");
            }

            @Override
            public Optional<String> newPassphrase(Path secrets) {
                questions.add("new " + secrets);
                return Optional.of("master");
            }

            @Override
            public Optional<String> sudoPassword(String user, String host) {
                return Optional.empty();
            }
        };

        SecretPlace.file(file, person).store(KEY, "secret");
        assertThat(SecretPlace.file(file, person).find(KEY)).hasValue("secret");

        assertThat(questions).containsExactly("new " + file, "open " + file, "again " + file);
    }

    @Test
    void withoutAnybodyToAskNothingIsWritten() {
        assertThatThrownBy(() -> store().store(KEY, "secret"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("terminal");
        assertThat(file).doesNotExist();
        assertThat(store().find(KEY)).isEmpty();
    }
}
