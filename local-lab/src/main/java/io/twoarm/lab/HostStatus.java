package io.twoarm.lab;

/** Where a lab host is in its life. */
public enum HostStatus {
    /** Its systemd has been started and has not reached its target. A host that reboots is here again. */
    BOOTING,
    /** Its systemd has reached its target; SSH answers. */
    READY,
    /** It was switched off, or its systemd ended. It does not come back. */
    GONE
}
