package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.viewmodel.HelpPage.Block;
import io.twoarm.desktop.viewmodel.HelpPage.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpPageTest {
    @Test
    void headingsListsTablesAndCodeAreToldApart() {
        HelpPage page = HelpPage.parse("page.md", """
                # The *page*

                Some `code` and a
                [link](lint-rules.md#dup).

                - one
                  goes on
                - two

                | key | value |
                |---|---|
                | a | `x|y` |

                ```sh
                ls
                ```
                """.replace("`x|y`", "`x\\|y`"));

        assertThat(page.title()).isEqualTo("The page");
        assertThat(page.blocks()).hasSize(6);
        assertThat(((Block.Paragraph) page.blocks().get(1)).spans())
                .extracting(HelpPage.Span::kind)
                .containsExactly(Kind.PLAIN, Kind.CODE, Kind.PLAIN, Kind.LINK, Kind.PLAIN);
        assertThat(HelpPage.text(((Block.Item) page.blocks().get(2)).spans())).isEqualTo("one goes on");
        assertThat(((Block.Table) page.blocks().get(4)).rows()).hasSize(2).allMatch(row -> row.size() == 2);
        assertThat(page.blocks().get(5)).isEqualTo(new Block.Code("ls"));
    }

    @Test
    void everyPageOfTheManualIsThereAndTheOnesThatF1OpensHaveTheirParagraphs() {
        for (String file : HelpPage.FILES) {
            assertThat(HelpPage.load(file).blocks()).as(file).hasSizeGreaterThan(5);
        }
        HelpPage workbench = HelpPage.load("workbench.md");
        for (String anchor : List.of(
                "begin",
                "the-drawing",
                "outline-properties-problems",
                "find-look-around-go-back",
                "files",
                "deploy",
                "live",
                "verify")) {
            assertThat(workbench.headings())
                    .as(anchor)
                    .anyMatch(heading -> heading.anchor().equals(anchor));
        }
    }

    @Test
    void theRuleOfAProblemIsFoundInTheListOfRules() {
        assertThat(HelpPage.load("lint-rules.md").find("subnet-overlap"))
                .hasValueSatisfying(block -> assertThat(block).isPositive());
    }
}
