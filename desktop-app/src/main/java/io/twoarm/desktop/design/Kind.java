package io.twoarm.desktop.design;

/** What can be taken from the palette. */
public enum Kind {
    CLIENT,
    ROUTER,
    DIRECTOR,
    REALSERVER,
    SEGMENT,
    /** Goes onto a director. */
    SERVICE,
    /** Goes onto a director. */
    LOCAL_POOL,
    /** Goes onto a director. */
    NAT_GATEWAY,
    /** Goes onto a realserver, or onto nothing. */
    POOL;

    /** Whether it stands somewhere by itself rather than on a host. */
    public boolean standsAlone() {
        return switch (this) {
            case CLIENT, ROUTER, DIRECTOR, REALSERVER, SEGMENT -> true;
            case SERVICE, LOCAL_POOL, NAT_GATEWAY, POOL -> false;
        };
    }
}
