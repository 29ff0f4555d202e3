package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The second language: it says the same as the first, with the same values in it. */
class LanguagesTest {
    private static final Pattern VALUE = Pattern.compile("\\{(\\d)");
    /** What is missing is shown in English; more than a few such texts would be half a translation. */
    private static final double LEAST = 0.85;

    @Test
    void germanTextsAreTextsOfThisProgramAndHaveTheSameValues() throws IOException {
        Properties english = read("texts.properties");
        Properties german = read("texts_de.properties");

        assertThat(english.stringPropertyNames()).containsAll(german.stringPropertyNames());
        for (String key : german.stringPropertyNames()) {
            assertThat(values(german.getProperty(key))).as(key).isEqualTo(values(english.getProperty(key)));
            if (german.getProperty(key).contains("{")) {
                assertThat(new MessageFormat(german.getProperty(key), Locale.GERMANY)
                                .format(new Object[] {2, 3, 4, 5, 6}))
                        .as(key)
                        .doesNotContain("{");
            }
        }
    }

    @Test
    void germanIsAsGoodAsComplete() throws IOException {
        Set<String> missing = new TreeSet<>(read("texts.properties").stringPropertyNames());
        double all = missing.size();
        missing.removeAll(read("texts_de.properties").stringPropertyNames());

        assertThat(1 - missing.size() / all).as("missing: %s", missing).isGreaterThan(LEAST);
    }

    private static Set<String> values(String text) {
        return VALUE.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties read(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                LanguagesTest.class.getResourceAsStream("/io/twoarm/desktop/" + file), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
