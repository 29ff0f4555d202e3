package io.twoarm.lab;

/** Where a lab's cgroup comes from. */
enum CgroupSource {
    /** Root makes it at the top of the hierarchy. */
    TOP,
    /** The user's systemd gives a scope with a delegated cgroup, as on a desktop. */
    USER_MANAGER,
    /** This process's own cgroup belongs to the user, who makes another below it. */
    OWN
}
