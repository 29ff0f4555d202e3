package io.twoarm.director.redundancy;

/** What keepalived's VRRP says of an instance (RFC 9568, 6.4). */
public enum VrrpState {
    /** Nothing yet, or keepalived does not run. */
    UNKNOWN,
    /** This director has the instance's addresses. */
    MASTER,
    /** Another director has them, or nobody yet. */
    BACKUP,
    /** Something that the instance needs is missing, such as its interface. */
    FAULT,
    /** keepalived stops. */
    STOP
}
