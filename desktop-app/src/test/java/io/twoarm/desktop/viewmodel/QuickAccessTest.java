package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.viewmodel.QuickAccess.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickAccessTest {
    private final List<Entry> entries =
            QuickAccess.objectsOf(ProjectFixture.starter("keepalived-pair").topology());

    @Test
    void everyKindOfObjectIsFoundByItsName() {
        for (String name : List.of("lb1", "lan", "web-1", "pair", "lan-lips", "gateway", "lb2 bond1")) {
            assertThat(QuickAccess.search(name, entries)).as(name).isNotEmpty();
            assertThat(QuickAccess.search(name, entries).getFirst().label())
                    .as(name)
                    .isEqualTo(name);
        }
    }

    @Test
    void anAddressLeadsToWhatHasIt() {
        assertThat(QuickAccess.search("10.0.96.202", entries))
                .extracting(Entry::label)
                .containsExactly("web-2");
        assertThat(QuickAccess.search("192.168.229.201", entries))
                .extracting(Entry::label)
                .contains("lan-lips");
    }

    @Test
    void allWordsMustOccurInAnyOrder() {
        assertThat(QuickAccess.search("bond1 lb2", entries))
                .extracting(Entry::label)
                .containsExactly("lb2 bond1");
        assertThat(QuickAccess.search("lb2 nonsense", entries)).isEmpty();
    }

    @Test
    void nothingTypedListsEverything() {
        assertThat(QuickAccess.search("  ", entries)).hasSize(Math.min(60, entries.size()));
    }
}
