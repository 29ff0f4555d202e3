package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.engine.TwoArmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of edits when somebody else writes the same project. */
class OutsideChangesTest extends EditedProject {
    @Test
    void aFileThatChangesOutsideIsOneMoreStepThatCanBeUndone() throws InterruptedException, IOException {
        model.edits().place(Kind.CLIENT, new Point(0, 0), Optional.empty());
        saved();

        Files.writeString(file, Files.readString(file).replace("weight: 1", "weight: 7"));
        userInterface.runUntil("the change is seen", () -> position() == 2);
        model.project().editing().undo();
        saved();

        assertThat(Files.readString(file)).contains("weight: 1").doesNotContain("weight: 7");
        assertThat(topology().host("client2")).isPresent();
    }

    @Test
    void theSameObjectChangedOnBothSidesIsNotOverwrittenWithoutAsking() throws InterruptedException, IOException {
        List<String> asked = new ArrayList<>();
        model.project().setOnConflict(() -> asked.add("conflict"));
        String theirs = original.replace("weight: 1", "weight: 9");
        Files.writeString(file, theirs);

        model.edits().remove(List.of(new HostRef("rs2")));
        userInterface.runUntil("people are asked", () -> !asked.isEmpty());
        assertThat(Files.readString(file)).isEqualTo(theirs);

        model.project().settle(false);
        userInterface.runUntil("the file is taken", () -> topology().host("rs2").isPresent());
        assertThat(topology().realserverPools().getFirst().members().getFirst().weight())
                .isEqualTo(9);
        model.project().editing().undo();
        assertThat(topology().host("rs2")).isEmpty();
    }

    @Test
    void editsOfDifferentObjectsOnBothSidesAreMergedWithoutAsking() throws InterruptedException, IOException {
        model.project().setOnConflict(() -> notices.add(Notice.error("asked", new IOException("conflict"))));
        Files.writeString(file, original.replace("weight: 1", "weight: 9"));
        model.edits().place(Kind.CLIENT, new Point(0, 0), Optional.empty());
        userInterface.runUntil(
                "both are in the file", () -> text().contains("weight: 9") && text().contains("client2:"));

        saved();
        assertThat(notices).isEmpty();
        assertThat(topology().host("client2")).isPresent();
        model.project().editing().goTo(0);
        saved();
        assertThat(text()).isEqualTo(original);
    }

    @Test
    void twoWindowsOnOneProjectLoseNothingOfEachOther() throws InterruptedException, IOException {
        try (WorkbenchModel other = new WorkbenchModel(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")),
                userInterface,
                directory.resolve("other.properties"))) {
            other.setOnNotice(notices::add);
            other.project().open(file.getParent());
            userInterface.runUntil("the other is open", () -> other.project().editable());

            for (int i = 0; i < 5; i++) {
                model.edits().place(Kind.CLIENT, new Point(i, 0), Optional.empty());
                other.project()
                        .edit(
                                io.twoarm.desktop.design.Wording.of("edit.add.SEGMENT"),
                                design -> io.twoarm.desktop.design.Adding.place(design, Kind.SEGMENT, new Point(0, 500))
                                        .design());
            }
            userInterface.runUntil(
                    "this window has all",
                    () -> topology().segments().size() == 8
                            && topology().hosts().size() == 10);
            userInterface.runUntil(
                    "the other window has all",
                    () -> other.project()
                                    .topologyProperty()
                                    .get()
                                    .orElseThrow()
                                    .hosts()
                                    .size()
                            == 10);
        }
        assertThat(topology().hosts()).hasSize(10);
        assertThat(notices).isEmpty();
    }
}
