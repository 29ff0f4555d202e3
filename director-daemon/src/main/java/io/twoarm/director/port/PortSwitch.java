package io.twoarm.director.port;

/** What can be switched on a port while packets flow. */
public enum PortSwitch {
    /** Takes frames to any Ethernet address; the director drops those that are not for it. */
    PROMISC,
    /** Takes frames to all groups. */
    ALLMULTICAST,
    /** The link is up. */
    LINK
}
