package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployEvent;
import io.twoarm.desktop.design.Arranging;
import io.twoarm.desktop.design.Kind;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Nat64;
import io.twoarm.model.NatGateway;
import io.twoarm.model.VirtualService;
import io.twoarm.model.morph.Morph;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    /** A group of texts, one for each constant. */
    private record Shown(String prefix, Class<? extends Enum<?>> constants) {}

    private static final List<Shown> SHOWN = List.of(
            new Shown("role", Diagram.Role.class),
            new Shown("segmentRole", Diagram.SegmentRole.class),
            new Shown("segmentRole.short", Diagram.SegmentRole.class),
            new Shown("addressKind", Diagram.AddressKind.class),
            new Shown("protocol", VirtualService.Protocol.class),
            new Shown("protocol", Nat64.Protocol.class),
            new Shown("nat64Filtering", Nat64.Filtering.class),
            new Shown("outsidePorts", NatGateway.OutsideFilter.class),
            new Shown("mode", VirtualService.ForwardingMode.class),
            new Shown("scheduler", VirtualService.Scheduler.class),
            new Shown("clientAddress", VirtualService.ClientAddress.class),
            new Shown("kind", DirectorKind.class),
            new Shown("kind.short", DirectorKind.class),
            new Shown("family", DirectorGroup.Family.class),
            new Shown("routingDaemon", DirectorGroup.RoutingDaemon.class),
            new Shown("kind", Kind.class),
            new Shown("kind.tip", Kind.class),
            new Shown("kind.add", Kind.class),
            new Shown("edit.add", Kind.class),
            new Shown("edit.arrange", Arranging.Way.class),
            new Shown("command.arrange", Arranging.Way.class),
            new Shown("layer", DrawingLayer.class),
            new Shown("command.morph", Morph.class),
            new Shown("edit.morph", Morph.class),
            new Shown("files.earlier", FilesModel.Earlier.class),
            new Shown("deployment.phase", DeploymentModel.Phase.class),
            new Shown("state", HostProgress.State.class),
            new Shown("step", DeployEvent.Step.class));

    @Test
    void everyConstantThatPeopleSeeHasItsText() {
        List<String> missing = SHOWN.stream().flatMap(TextsTest::missing).toList();

        assertThat(missing).isEmpty();
    }

    private static Stream<String> missing(Shown shown) {
        return Arrays.stream(shown.constants().getEnumConstants())
                .map(constant -> shown.prefix() + (shown.prefix().startsWith("command.") ? "" : ".") + constant.name())
                .filter(key -> !Texts.has(key));
    }
}
