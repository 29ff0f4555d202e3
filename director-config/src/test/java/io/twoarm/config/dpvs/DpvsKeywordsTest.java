package io.twoarm.config.dpvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import io.twoarm.config.syntax.Token;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DpvsKeywordsTest {

    @Test
    void everyPathIsUniqueAndLeadsThroughKnownBlocks() {
        assertThat(DpvsKeywords.all()).extracting(Setting::path).doesNotHaveDuplicates();
        assertThat(DpvsKeywords.all())
                .allSatisfy(setting ->
                        assertThat(DpvsKeywords.block(setting.block())).isPresent());
        assertThat(DpvsKeywords.blocks())
                .filteredOn(block -> !block.enclosing().isEmpty())
                .allSatisfy(block ->
                        assertThat(DpvsKeywords.block(block.enclosing())).isPresent());
    }

    @ParameterizedTest
    @MethodSource("settingsWithFallback")
    void everyDefaultCanBeWrittenAndReadBack(Setting<?> setting) {
        assertReadsBack(setting);
    }

    static Stream<Setting<?>> settingsWithFallback() {
        return DpvsKeywords.all().stream()
                .filter(setting -> setting.fallback().isPresent()
                        && !List.of().equals(setting.fallback().get()));
    }

    private static <T> void assertReadsBack(Setting<T> setting) {
        T fallback = setting.fallback().orElseThrow();
        String text = setting.kind().print(fallback);
        List<Token> words = text.isEmpty()
                ? List.of()
                : Stream.of(text.split(" "))
                        .map(word -> new Token(Token.Kind.WORD, word, 1, 1))
                        .toList();
        ValueKind.Reading<T> reading = setting.kind().read(words);

        assertThat(reading.problem()).isEmpty();
        if (setting.kind() instanceof ValueKind.Flag) {
            assertThat(text).isEmpty();
        } else {
            assertThat(reading.value()).contains(fallback);
        }
    }

    @Test
    void theSmallestSessionPoolPrintsAsANumberThatIsAllowed() {
        DpvsConf conf = DpvsFile.parse(Samples.twoArmDpvs()).conf();
        DpvsConf small = new DpvsConf(
                conf.settings().with(IpvsKeywords.CONN_POOL_SIZE, 65535),
                conf.devices(),
                conf.bondings(),
                conf.workers());
        DpvsFile again = DpvsFile.parse(small.print(PrintStyle.BARE));

        assertThat(again.findings()).isEmpty();
        assertThat(again.conf()).isEqualTo(small);
    }
}
