package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Problems that a program can repair, as steps of editing. */
class RepairingTest extends EditedProject {
    @Test
    void allProblemsThatAProgramCanRepairAreRepairedAsOneStepThatCanBeUndone()
            throws InterruptedException, IOException {
        String broken = original.replace("protocol: tcp", "protocol: udp").replace("echo: [80]", "echo: [80, 80]");
        assertThat(broken).isNotEqualTo(original);
        Files.writeString(file, broken);
        userInterface.runUntil(
                "the problems are known",
                () -> model.project().problemsProperty().get().stream()
                                .filter(Problem::repairable)
                                .count()
                        >= 3);

        model.edits().repairAll();
        saved();
        userInterface.runUntil(
                "nothing is left to repair",
                () -> model.project().problemsProperty().get().stream().noneMatch(Problem::repairable));

        assertThat(Files.readString(file)).contains("clientAddress: none", "echo: [80]");
        assertThat(model.project().editing().historyProperty().get().undoable().map(EditingModel::nameOf))
                .hasValueSatisfying(name -> assertThat(name).startsWith("fix ").endsWith(" problems"));
        model.project().editing().undo();
        saved();
        assertThat(Files.readString(file)).isEqualTo(broken);
    }

    @Test
    void oneProblemIsRepairedAndTheOthersStay() throws InterruptedException, IOException {
        Files.writeString(
                file, original.replace("protocol: tcp", "protocol: udp").replace("echo: [80]", "echo: [80, 80]"));
        userInterface.runUntil(
                "the problems are known",
                () -> model.project().problemsProperty().get().stream().anyMatch(Problem::repairable));
        Problem toa = model.project().problemsProperty().get().stream()
                .filter(problem -> problem.finding().message().contains("asks for TOA"))
                .findFirst()
                .orElseThrow();

        model.edits().repair(toa);
        saved();

        assertThat(Files.readString(file)).contains("clientAddress: none", "echo: [80, 80]");
        int position = position();
        model.edits().repair(toa);
        assertThat(position()).as("what no longer holds is not repaired again").isEqualTo(position);
    }
}
