package io.twoarm.desktop.viewmodel;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import java.util.stream.Collectors;

/** How the directors of a group share the work, in words. */
final class GroupText {
    private GroupText() {}

    static String summary(DirectorGroup group) {
        return switch (group.redundancy()) {
            case Redundancy.Vrrp vrrp ->
                Texts.text(
                        "diagram.vrrp",
                        vrrp.instances().stream()
                                .map(instance -> Integer.toString(instance.virtualRouterId()))
                                .distinct()
                                .collect(Collectors.joining(", ")));
            case Redundancy.Ecmp ecmp -> Texts.text("diagram.ecmp", Integer.toString(ecmp.autonomousSystem()));
        };
    }
}
