package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import org.junit.jupiter.api.Test;

class ReadingOrderTest {

    @Test
    void everyLinkLeadsFromTheClientsTowardsTheRealservers() {
        Diagram diagram = DiagramBuilder.diagramOf(ProjectFixture.twoArm().topology());

        assertThat(ReadingOrder.stepsOf(diagram))
                .extracting(step -> step.from() + " > " + step.to())
                .containsExactlyInAnyOrder(
                        "hosts.client > segments.outside",
                        "segments.outside > hosts.gateway",
                        "hosts.gateway > segments.wan",
                        "segments.wan > hosts.director",
                        "hosts.director > segments.lan",
                        "segments.lan > hosts.rs1",
                        "segments.lan > hosts.rs2");
    }
}
