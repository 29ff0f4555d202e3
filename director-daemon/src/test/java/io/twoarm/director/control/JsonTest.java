package io.twoarm.director.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void anObjectKeepsTheOrderOfItsMembers() {
        Json object = Json.object()
                .put("z", 1)
                .put("a", List.of(Json.of("x"), Json.of(true), new Json.JsonNull()))
                .put("m", 2.5)
                .build();

        assertThat(object.text()).isEqualTo("{\"z\":1,\"a\":[\"x\",true,null],\"m\":2.5}");
    }

    @Test
    void textWithQuotesAndControlCharactersStaysOnOneLine() {
        assertThat(Json.of("a\"b\\c\nd\u0001").text()).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":{\"b\":[1,-2,3.5,1.0E10]},\"c\":\"\\u00e4\\n\"}",
                "\"\"",
                "-0.001",
                "[true,false,null]"
            })
    void whatIsReadAndWrittenAgainIsTheSameValue(String text) {
        Json value = JsonReader.read(text);

        assertThat(JsonReader.read(value.text())).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\" 1}", "tru", "1 2", "\"open", "{\"a\":}", "\"\\x\""})
    void whatIsNoJsonIsRefusedWithItsPlace(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonReader.read(text))
                .withMessageMatching("JSON: .* expected at \\d+, .* found");
    }

    @Test
    void deepNestingIsRefusedInsteadOfOverflowingTheStack() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.read("[".repeat(100_000)));
    }
}
