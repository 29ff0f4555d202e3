package io.twoarm.engine;

import io.twoarm.deploy.SshTarget;
import java.util.List;
import java.util.Optional;

/**
 * The hosts of a topology as machines that can be reached: a lab's or real ones.
 *
 * @param name what people call it, such as {@code lab two-arm-fullnat}
 * @param lab whether TwoArm made the hosts itself, so that they have only what was deployed to them
 */
public record Estate(String name, List<SshTarget> targets, boolean lab) {
    public Estate {
        targets = List.copyOf(targets);
    }

    public Optional<SshTarget> target(String host) {
        return targets.stream().filter(target -> target.host().equals(host)).findFirst();
    }
}
