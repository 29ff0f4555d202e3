package io.twoarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsolePromptTest {
    private static final String CHOOSE = "choose a passphrase for the new file /home/ops/.config/twoarm/secrets: ";
    private static final String REPEAT = "the same passphrase again: ";

    private final List<String> questions = new ArrayList<>();

    /** What is made of lines that are typed, until the input ends. */
    private Optional<String> typed(String... lines) {
        Deque<String> left = new ArrayDeque<>(List.of(lines));
        return ConsolePrompt.typedTwice(Path.of("/home/ops/.config/twoarm/secrets"), question -> {
            questions.add(question);
            return Optional.ofNullable(left.poll());
        });
    }

    @Test
    void aNewPassphraseIsTypedTwice() {
        assertThat(typed("open sesame", "open sesame")).hasValue("open sesame");

        assertThat(questions).containsExactly(CHOOSE, REPEAT);
    }

    @Test
    void twoThatDifferAreAskedForAgain() {
        assertThat(typed("open sesame", "open sesam", "open", "open")).hasValue("open");

        assertThat(questions).containsExactly(CHOOSE, REPEAT, "the two differ; " + CHOOSE, REPEAT);
    }

    @Test
    void anEmptyOneIsAskedForAgain() {
        assertThat(typed("", "open", "open")).hasValue("open");

        assertThat(questions).containsExactly(CHOOSE, "it must not be empty; " + CHOOSE, REPEAT);
    }

    @Test
    void whoeverEndsTheInputChoosesNone() {
        assertThat(typed()).isEmpty();
        assertThat(typed("open sesame")).isEmpty();
    }
}
