package io.twoarm.artifact;

/** Who made a route, as the kernel keeps it ({@code rt_protocols}): what tells our routes from all others of a host. */
public final class RouteProtocol {
    /** Unused in the kernel's list, so that {@code ip} shows the number. */
    public static final int NUMBER = 76;

    /** What people read instead. */
    public static final String NAME = "twoarm";

    private RouteProtocol() {}
}
