package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.artifact.HostService;
import io.twoarm.artifact.Validation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedDesignTest {

    @Test
    void aDesignIsTheSameAfterItWasWrittenAndRead() {
        HostDesign design = HostDesign.of(
                new HostArtifacts(
                        "rs1",
                        List.of("nginx", "iproute2"),
                        true,
                        List.of(
                                new HostFile("/etc/a b", 0640, "tab\there\nno end", "it's \"needed\""),
                                new HostFile("/etc/empty", 0600, "", "")),
                        List.of(new Validation(List.of("sh", "-c", "echo 'x y' | grep \t", ""), "it holds")),
                        List.of(
                                new HostService("a.service", List.of("/etc/a b", "/etc/empty"), true),
                                new HostService("b.service", List.of(), false))),
                Optional.of(new Bundle(Optional.empty(), 42, Digest.of(new byte[] {1}))));

        HostDesign read = RecordedDesign.read("rs1", RecordedDesign.write(design));

        assertThat(read.fingerprint()).isEqualTo(design.fingerprint());
        assertThat(read).usingRecursiveComparison().isEqualTo(design);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> RecordedDesign.read("rs1", "nothing")).hasMessageContaining("does not begin with");
        assertThatThrownBy(() -> RecordedDesign.read("rs1", "TwoArm design 1\nodd\tline\n"))
                .hasMessageContaining("odd");
    }
}
