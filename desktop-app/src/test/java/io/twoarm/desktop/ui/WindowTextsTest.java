package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.HostDrift;
import io.twoarm.desktop.viewmodel.Texts;
import org.junit.jupiter.api.Test;

class WindowTextsTest {
    @Test
    void everyViewAndPerspectiveHasItsName() {
        for (Page page : Page.values()) {
            assertThat(Texts.has("page." + page.name())).as(page.name()).isTrue();
        }
        for (HostDrift.Meaning meaning : HostDrift.Meaning.values()) {
            assertThat(Texts.has("drift.meaning." + meaning.name()))
                    .as(meaning.name())
                    .isTrue();
        }
        for (FileEntryCell.Change change : FileEntryCell.Change.values()) {
            assertThat(Texts.has("files.change." + change.name()))
                    .as(change.name())
                    .isTrue();
        }
        for (Perspective perspective : Perspective.values()) {
            assertThat(Texts.has("perspective." + perspective.name()))
                    .as(perspective.name())
                    .isTrue();
            assertThat(Texts.has("perspective.tip." + perspective.name()))
                    .as(perspective.name())
                    .isTrue();
        }
    }
}
