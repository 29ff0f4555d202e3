package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.viewmodel.Highlighting.Kind;
import io.twoarm.desktop.viewmodel.Highlighting.Span;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HighlightingTest {
    @Test
    void wordsAddressesNumbersAndStringsHaveTheirKinds() {
        assertThat(Highlighting.spans("    real_server 192.168.229.1 80 {"))
                .containsExactly(
                        new Span(Kind.PLAIN, "    "),
                        new Span(Kind.KEYWORD, "real_server"),
                        new Span(Kind.PLAIN, " "),
                        new Span(Kind.ADDRESS, "192.168.229.1"),
                        new Span(Kind.PLAIN, " "),
                        new Span(Kind.NUMBER, "80"),
                        new Span(Kind.PLAIN, " {"));
        assertThat(Highlighting.spans("ExecStart=/bin/true \"a b\""))
                .contains(new Span(Kind.KEYWORD, "ExecStart"), new Span(Kind.STRING, "\"a b\""));
        assertThat(Highlighting.spans("address 2001:db8:96::201/64"))
                .contains(new Span(Kind.ADDRESS, "2001:db8:96::201/64"));
    }

    @Test
    void commentsAndSectionsAreWholeLines() {
        assertThat(Highlighting.spans("! This file belongs to TwoArm 1.2.3.4"))
                .containsExactly(new Span(Kind.COMMENT, "! This file belongs to TwoArm 1.2.3.4"));
        assertThat(Highlighting.spans("[Service]")).containsExactly(new Span(Kind.SECTION, "[Service]"));
    }

    @Test
    void thePartsOfEveryGeneratedLineAreTheLine() {
        for (String starter : new String[] {"keepalived-pair", "ecmp-cluster", "snat-gateway", "two-arm-fullnat"}) {
            ArtifactGenerator.generate(ProjectFixture.starter(starter).topology()).stream()
                    .flatMap(host -> host.files().stream())
                    .flatMap(file -> file.content().lines())
                    .forEach(line -> assertThat(Highlighting.spans(line).stream()
                                    .map(Span::text)
                                    .collect(Collectors.joining()))
                            .isEqualTo(line));
        }
    }
}
